"""Alternatives: the offered starts nearest to one that is gone."""

import pytest

from app.slots import nearest_span, nearest_starts


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (35, [20, 30, 40]),
        (30, [20, 30, 40]),
        (25, [10, 20, 30]),
        (-100, [10, 20, 30]),
        (900, [30, 40, 100]),
        (90, [30, 40, 100]),
    ],
)
def test_the_nearest_three_come_in_order_of_time(wanted: int, found: list[int]) -> None:
    assert nearest_starts([10, 20, 30, 40, 100], wanted) == found


def test_of_two_as_near_the_earlier_comes_first() -> None:
    assert nearest_starts([10, 30], 20, count=1) == [10]


def test_there_may_be_fewer_or_none() -> None:
    assert nearest_starts([10], 5) == [10]
    assert nearest_starts([], 5) == []


def test_the_search_spans_as_many_days_to_either_side() -> None:
    assert nearest_span(1_000_000, days=1) == (1_000_000 - 86_400, 1_000_000 + 86_400 + 1)
    assert nearest_span(1_000_000) == nearest_span(1_000_000, days=7)
