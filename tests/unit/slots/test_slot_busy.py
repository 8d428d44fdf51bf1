"""Busy time: half-open, buffers of both sides added up, wherever they fall."""

import pytest

from app.slots import Busy, Diary, busy_span, offer_slots
from tests.unit.slots.make import at, busy, every_day, make_rules, offered_on

NINE_TO_TWELVE = every_day("09:00-12:00")
JULY_1 = "2026-07-01"


def starts_beside(begin: str, end: str, *, before: int = 0, after: int = 0) -> list[str]:
    taken = busy((f"{JULY_1} {begin}", f"{JULY_1} {end}"))
    rules = make_rules(
        "UTC", NINE_TO_TWELVE, buffer_before_minutes=before, buffer_after_minutes=after
    )
    return [text[3:8] for text in offered_on(rules, JULY_1, Diary(external=taken))]


def test_busy_time_leaves_the_starts_that_only_touch_it() -> None:
    assert starts_beside("10:00", "11:00") == ["09:00", "09:30", "11:00", "11:30"]


def test_one_second_is_enough_to_refuse() -> None:
    assert "09:30" not in starts_beside("09:59:59", "10:00")
    assert "10:00" not in starts_beside("09:59:59", "10:00:01")


def test_busy_time_without_length_refuses_nothing() -> None:
    assert len(starts_beside("10:15", "10:15", before=30, after=30)) == 6


def test_buffers_keep_their_distance_on_both_sides() -> None:
    assert starts_beside("10:00", "10:30", before=15) == ["09:00", "09:30", "11:00", "11:30"]
    assert starts_beside("10:00", "10:30", after=15) == ["09:00", "10:30", "11:00", "11:30"]


def test_buffers_of_both_appointments_add_up() -> None:
    until_10_30_and_15_minutes_of_its_own = ("10:00", "10:45")
    assert starts_beside(*until_10_30_and_15_minutes_of_its_own, before=15)[-2:] == [
        "11:00",
        "11:30",
    ]
    assert starts_beside(*until_10_30_and_15_minutes_of_its_own, before=20)[-2:] == [
        "09:30",
        "11:30",
    ]


def test_buffers_may_lie_outside_the_window() -> None:
    assert starts_beside("13:00", "14:00", before=60, after=60) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
        "11:00",
        "11:30",
    ]
    assert starts_beside("12:30", "14:00", after=60)[-1] == "11:00"


def test_overlapping_busy_times_in_any_order_are_one() -> None:
    long_meeting = (f"{JULY_1} 09:15", f"{JULY_1} 11:00")
    inside = (f"{JULY_1} 09:30", f"{JULY_1} 10:00")
    rules = make_rules("UTC", NINE_TO_TWELVE)
    for taken in (busy(long_meeting, inside), busy(inside, long_meeting)):
        assert offered_on(rules, JULY_1, Diary(taken)) == ["01 11:00 +0000", "01 11:30 +0000"]


def test_own_and_external_time_refuse_alike() -> None:
    rules = make_rules("UTC", NINE_TO_TWELVE)
    morning, noon = ((f"{JULY_1} 09:00", f"{JULY_1} 10:30"), (f"{JULY_1} 11:00", f"{JULY_1} 12:00"))
    diary = Diary(appointments=busy(morning), external=busy(noon))
    assert offered_on(rules, JULY_1, diary) == ["01 10:30 +0000"]


def test_a_range_that_covers_many_windows_refuses_them_all() -> None:
    rules = make_rules("UTC", NINE_TO_TWELVE)
    holiday = busy(("2026-06-01 00:00", "2026-07-03 10:00"))
    assert offered_on(rules, JULY_1, Diary(holiday), days=3)[0] == "03 10:00 +0000"


def test_ranges_have_as_many_starts_as_ends() -> None:
    with pytest.raises(ValueError, match="start and an end"):
        Busy([at(f"{JULY_1} 09:00")], [])
    with pytest.raises(ValueError, match="ref"):
        Busy([0, 1], [2, 3], ["only one"])


def test_the_span_to_fetch_holds_all_that_can_refuse_a_start() -> None:
    rules = make_rules("UTC", NINE_TO_TWELVE, buffer_before_minutes=20, buffer_after_minutes=10)
    nine = at(f"{JULY_1} 09:00")
    first, last = busy_span(rules, nine, nine + 1)
    assert (first, last) == (nine - 20 * 60, nine + 40 * 60)
    for edge in (Busy([first], [first + 1]), Busy([last - 1], [last])):
        assert not offer_slots(rules, Diary(edge), since=nine, until=nine + 1, now=0).starts
    for beyond in (Busy([first - 1], [first]), Busy([last], [last + 1])):
        assert offer_slots(rules, Diary(beyond), since=nine, until=nine + 1, now=0).starts
