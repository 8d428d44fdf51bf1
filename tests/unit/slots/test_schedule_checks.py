"""What is wrong with a schedule before it is saved."""

from datetime import date
from typing import Any

import pytest

from app.slots import Interval, Overlap, Schedule, SlotRules, find_date_overlap, find_overlap
from tests.unit.slots.make import hours


def test_intervals_that_only_touch_are_fine() -> None:
    weekly = {0: hours("09:00-12:00", "12:00-17:00", "22:00-24:00"), 1: hours("00:00-08:00")}
    assert find_overlap(weekly) is None


def test_two_intervals_of_a_day_may_not_overlap() -> None:
    weekly = {3: hours("11:59-17:00", "09:00-12:00")}
    nine, noon = hours("09:00-12:00", "11:59-17:00")
    assert find_overlap(weekly) == Overlap(3, nine, 3, noon)


def test_the_same_interval_twice_overlaps() -> None:
    assert find_overlap({3: hours("09:00-12:00", "09:00-12:00")}) is not None


def test_an_overnight_interval_may_not_run_into_the_next_days() -> None:
    weekly = {4: hours("22:00-02:00"), 5: hours("01:00-03:00")}
    (night,), (early,) = weekly[4], weekly[5]
    assert find_overlap(weekly) == Overlap(4, night, 5, early)


def test_sunday_night_runs_into_monday() -> None:
    weekly = {6: hours("22:00-02:00"), 0: hours("01:00-03:00")}
    (night,), (early,) = weekly[6], weekly[0]
    assert find_overlap(weekly) == Overlap(6, night, 0, early)
    assert find_overlap({6: hours("22:00-01:00"), 0: hours("01:00-03:00")}) is None


def test_a_schedule_may_be_empty_or_never_close() -> None:
    assert find_overlap({}) is None
    assert find_overlap({0: hours("22:00-02:00")}) is None
    assert find_overlap(dict.fromkeys(range(7), hours("00:00-24:00"))) is None


def test_two_intervals_of_a_date_may_not_overlap() -> None:
    nine, noon = hours("09:00-12:00", "11:00-13:00")
    assert find_date_overlap([noon, nine]) == (nine, noon)
    assert find_date_overlap(hours("09:00-12:00", "12:00-13:00")) is None
    assert find_date_overlap([]) is None


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 60), (1440, 1500), (600, 600), (600, 540), (600, 2041)]
)
def test_an_interval_starts_in_its_day_and_lasts_24_hours_at_most(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="interval"):
        Interval(start, end)


def test_an_interval_by_the_clock_ends_the_next_day_if_it_must() -> None:
    assert Interval.on_clock(540, 1020) == Interval(540, 1020)
    assert Interval.on_clock(1320, 120) == Interval(1320, 1560)
    assert Interval.on_clock(540, 540) == Interval(540, 1980)
    assert Interval.on_clock(1320, 120).is_overnight
    assert not Interval.on_clock(1320, 1440).is_overnight


@pytest.mark.parametrize(
    "changes",
    [
        {"duration_minutes": 0},
        {"slot_interval_minutes": 0},
        {"capacity": 0},
        {"max_per_day": 0},
        {"client_max_per_week": 0},
        {"buffer_before_minutes": -1},
        {"min_notice_minutes": -1},
        {"max_advance_days": -1},
        {"week_starts_on": 7},
    ],
)
def test_terms_no_coach_can_mean_are_refused(changes: dict[str, Any]) -> None:
    terms = {"duration_minutes": 30, "slot_interval_minutes": 30, **changes}
    with pytest.raises(ValueError, match=r"at least 1|negative|starts on"):
        SlotRules(schedule=Schedule("UTC", {}), **terms)


def test_an_override_without_intervals_is_not_the_same_as_none() -> None:
    monday = date(2026, 6, 29).toordinal()
    schedule = Schedule("UTC", {0: hours("09:00-10:00")}, {date(2026, 6, 29): []})
    assert schedule.override_on(monday) == []
    assert schedule.override_on(monday + 7) is None
