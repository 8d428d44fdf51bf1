"""One rule turns wall times into instants: the first at which the clock shows them, or later."""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.slots import UnknownZone, find_zone, local_day, midnight, resolve, warm_midnights
from tests.unit.slots.make import at, utc


def resolved(zone: str, day: str, clock: str) -> str:
    hour, minute = clock.split(":")
    ordinal = date.fromisoformat(day).toordinal()
    return utc(resolve(ZoneInfo(zone), ordinal, int(hour) * 60 + int(minute)))


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        ("Europe/Berlin", "2026-07-01", "09:00", "2026-07-01 07:00:00"),
        ("Asia/Kathmandu", "2026-07-01", "09:00", "2026-07-01 03:15:00"),
        ("America/New_York", "2026-03-08", "03:00", "2026-03-08 07:00:00"),
        ("Africa/Monrovia", "1960-01-01", "00:00", "1960-01-01 00:44:30"),
    ],
)
def test_an_ordinary_time_is_when_the_clock_shows_it(
    zone: str, day: str, clock: str, instant: str
) -> None:
    assert resolved(zone, day, clock) == instant


@pytest.mark.parametrize("clock", ["02:00", "02:01", "02:30", "02:59", "03:00"])
def test_a_time_in_a_gap_is_the_transition(clock: str) -> None:
    assert resolved("Europe/Berlin", "2026-03-29", clock) == "2026-03-29 01:00:00"


def test_a_time_that_comes_twice_is_its_first_pass() -> None:
    assert resolved("Europe/Berlin", "2026-10-25", "02:30") == "2026-10-25 00:30:00"
    assert resolved("Europe/Berlin", "2026-10-25", "03:00") == "2026-10-25 02:00:00"


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        ("2026-10-04", "01:59", "2026-10-03 15:29:00"),
        ("2026-10-04", "02:00", "2026-10-03 15:30:00"),
        ("2026-10-04", "02:15", "2026-10-03 15:30:00"),
        ("2026-10-04", "02:30", "2026-10-03 15:30:00"),
        ("2026-10-04", "02:31", "2026-10-03 15:31:00"),
        ("2026-04-05", "01:30", "2026-04-04 14:30:00"),
        ("2026-04-05", "01:45", "2026-04-04 14:45:00"),
        ("2026-04-05", "02:00", "2026-04-04 15:30:00"),
    ],
)
def test_lord_howe_moves_by_half_an_hour(day: str, clock: str, instant: str) -> None:
    assert resolved("Australia/Lord_Howe", day, clock) == instant


@pytest.mark.parametrize("clock", ["00:00", "12:00", "23:59"])
def test_a_day_that_never_was_is_the_moment_it_was_skipped(clock: str) -> None:
    assert resolved("Pacific/Apia", "2011-12-30", clock) == "2011-12-30 10:00:00"
    assert resolved("Pacific/Apia", "2011-12-31", "00:00") == "2011-12-30 10:00:00"


def test_a_day_without_midnight_begins_when_its_clock_starts() -> None:
    assert utc(midnight("Asia/Beirut", date(2026, 3, 29).toordinal())) == "2026-03-28 22:00:00"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"])
@pytest.mark.parametrize("year", [2011, 2026])
def test_no_clock_change_hides_in_a_day_of_24_hours(zone: str, year: int) -> None:
    place = ZoneInfo(zone)
    first = date(year, 1, 1).toordinal()
    for day, (begin, end) in enumerate(
        pairwise(midnight(zone, first + n) for n in range(366)), first
    ):
        assert begin == resolve(place, day, 0)
        if end - begin == 86_400:
            assert resolve(place, day, 12 * 60 + 30) == begin + 45_000
            assert resolve(place, day, 23 * 60 + 59) == begin + 86_340


def test_a_day_lasts_until_the_next_begins() -> None:
    new_year = date(2027, 1, 1).toordinal()
    begin = at("2027-01-01 00:00", "Asia/Kathmandu")
    assert local_day("Asia/Kathmandu", begin) == new_year
    assert local_day("Asia/Kathmandu", begin - 1) == new_year - 1


def test_a_day_once_begun_stays_begun_though_the_clock_goes_back_over_midnight() -> None:
    sunday = date(2010, 11, 7).toordinal()
    back_on_saturday = at("2010-11-06 23:30", "America/St_Johns", fold=1)
    assert local_day("America/St_Johns", back_on_saturday) == sunday


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "America", "../etc/passwd", "UTC\0", "localtime", "x" * 5000]
)
def test_an_unknown_zone_is_named_as_such(name: str) -> None:
    with pytest.raises(UnknownZone):
        find_zone(name)
    with pytest.raises(UnknownZone):
        warm_midnights([name], years=[2026])
