"""A zone's wall clock as instants: one rule for gaps, repeated hours and missing days.

Instants are integer epoch seconds. Days are proleptic ordinals, as `date.toordinal` gives them.
"""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

DAY_SECONDS = 86_400
DAY_MINUTES = 1_440
EPOCH_DAY = date(1970, 1, 1).toordinal()
_NOT_PLACES = {"Factory", "localtime"}


class UnknownZone(ValueError):
    """The name isn't one of the IANA time zone database."""


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo:
    """The IANA zone of that exact name. Raises UnknownZone."""
    if name not in _zone_names():
        raise UnknownZone(name)
    return ZoneInfo(name)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - _NOT_PLACES)


def resolve(zone: ZoneInfo, day: int, minute: int) -> int:
    """The first instant at which the zone's clock shows `minute` of `day`, or later.

    In a gap that is the transition; of a repeated hour it is the first pass (RFC 5545 3.3.5).
    `minute` counts from midnight on the clock's face and may run into the days after.
    """
    shown = datetime.combine(date.fromordinal(day), time(tzinfo=zone)) + timedelta(minutes=minute)
    by_old_offset = int(shown.timestamp())
    by_new_offset = int(shown.replace(fold=1).timestamp())
    if by_old_offset <= by_new_offset:
        return by_old_offset
    return _first_showing(zone, shown, within=range(by_new_offset, by_old_offset))


def _first_showing(zone: ZoneInfo, shown: datetime, *, within: range) -> int:
    """Bisects a gap. Datetimes of one zone compare by what their clock shows."""
    passed = bisect_left(within, 1, key=lambda at: datetime.fromtimestamp(at, zone) >= shown)
    return within.start + passed


def midnight(zone_name: str, day: int) -> int:
    """The instant at which the local day begins."""
    year = date.fromordinal(day).year
    return _midnights_of(zone_name, year)[day - date(year, 1, 1).toordinal()]


def midnights(zone_name: str, first_day: int, last_day: int) -> list[int]:
    """The instants at which the days from `first_day` to `last_day`, both included, begin."""
    found: list[int] = []
    for year in range(date.fromordinal(first_day).year, date.fromordinal(last_day).year + 1):
        new_year = date(year, 1, 1).toordinal()
        table = _midnights_of(zone_name, year)
        found += table[max(first_day - new_year, 0) : last_day - new_year + 1]
    return found


@lru_cache(maxsize=512)
def _midnights_of(zone_name: str, year: int) -> tuple[int, ...]:
    """Bounded: a table takes 16 KB and viewers choose zone and year."""
    zone = find_zone(zone_name)
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return tuple(resolve(zone, day, 0) for day in days)


def warm_midnights(zone_names: list[str], *, years: list[int]) -> None:
    """Fills the tables at start-up, so that no request pays for them. Raises UnknownZone."""
    for zone_name in zone_names:
        for year in years:
            _midnights_of(zone_name, year)


def local_day(zone_name: str, instant: int) -> int:
    """The last day that has begun by this instant.

    It is the day the clock shows, but for the few zones that once turned it back over midnight:
    there a day, once begun, stays begun.
    """
    day = datetime.fromtimestamp(instant, find_zone(zone_name)).toordinal()
    while midnight(zone_name, day + 1) <= instant:
        day += 1
    return day


def day_span(zone_name: str, day: int) -> tuple[int, int]:
    """The instants of one local day."""
    return midnight(zone_name, day), midnight(zone_name, day + 1)
