"""Windows: the stretches of time in which a coach works."""

from collections.abc import Iterable

from app.slots.schedule import WEEKDAYS, Interval, Schedule
from app.slots.spans import Span, join_spans
from app.slots.zones import (
    DAY_SECONDS,
    day_span,
    find_zone,
    midnight,
    midnights,
    resolve,
)


def windows_between(schedule: Schedule, first_day: int, last_day: int) -> list[Span]:
    """The windows that start on the days (ordinals) from first to last, in order.

    A window belongs to the date on which it starts; those of one date that touch or overlap are
    one. Windows of two dates stay apart, since each date keeps its own grid.
    """
    weekly = [_joined_minutes(schedule.weekly.get(day, ())) for day in range(WEEKDAYS)]
    begins = midnights(schedule.time_zone, first_day, last_day + 2)
    found: list[Span] = []
    for index, day in enumerate(range(first_day, last_day + 1)):
        override = schedule.override_on(day)
        minutes = weekly[(day - 1) % WEEKDAYS] if override is None else _joined_minutes(override)
        if not minutes:
            continue
        begin, next_begin, after = begins[index : index + 3]
        if next_begin - begin == after - next_begin == DAY_SECONDS and not _is_cut(schedule, day):
            found += [(begin + start * 60, begin + end * 60) for start, end in minutes]
        else:
            found += _resolved(schedule, day, minutes)
    return found


def _joined_minutes(intervals: Iterable[Interval]) -> list[Span]:
    return join_spans((each.start, each.end) for each in intervals)


def _is_cut(schedule: Schedule, day: int) -> bool:
    """Whether windows of the day end at midnight at the latest: the next date has an override."""
    return schedule.override_on(day + 1) is not None


def _resolved(schedule: Schedule, day: int, minutes: list[Span]) -> list[Span]:
    """One by one: a day they touch isn't 24 hours long, or has an override."""
    zone = find_zone(schedule.time_zone)
    spans = [(resolve(zone, day, start), resolve(zone, day, end)) for start, end in minutes]
    if _is_cut(schedule, day):
        cut = midnight(schedule.time_zone, day + 1)
        spans = [(start, min(end, cut)) for start, end in spans]
    return join_spans(spans)


def coverage_on(schedule: Schedule, day: int) -> list[Span]:
    """The stretches of work that touch one local day, windows that meet over midnight joined."""
    begin, end = day_span(schedule.time_zone, day)
    joined = join_spans(windows_between(schedule, day - 1, day + 1))
    return [span for span in joined if span[0] < end and begin < span[1]]
