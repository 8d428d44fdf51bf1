"""When a calendar's owner is busy: its events, repeated ones expanded, as ranges of instants."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from app.features.calendars.feed_text import NotACalendar, lean

MOST_RANGES = 10_000
OUTLOOK = "X-MICROSOFT-CDO-BUSYSTATUS"
FREE = {("STATUS", "CANCELLED"), ("TRANSP", "TRANSPARENT"), (OUTLOOK, "FREE")}
"""What an event says that leaves its time free."""
ENDLESS = ("FREQ=SECONDLY", "FREQ=MINUTELY", "INTERVAL=0")
"""Nobody's appointments repeat like that, and expanding them would take hours, or for ever."""

Range = tuple[int, int]
"""From and until, in epoch seconds."""


class TooComplex(ValueError):
    """The calendar repeats more than anybody can do in the time asked for."""


class _Lenient(recurring_ical_events.CalendarQuery):  # type: ignore[misc]  # it has no types
    """Leaves out a series that makes no sense instead of the whole calendar."""

    suppressed_errors: ClassVar[list[type[Exception]]] = [Exception]


def busy_ranges(raw: bytes, since: datetime, until: datetime, *, time_zone: str) -> list[Range]:
    """The busy ranges between two instants, joined and in order.

    `time_zone` is the owner's: whole days and times without a zone are by its clock, unless the
    calendar names its own. Cancelled and transparent events leave their time free.
    Raises NotACalendar and TooComplex.
    """
    text = lean(raw, since=since.date(), until=until.date())
    if any(rule.encode() in text.upper() for rule in ENDLESS):
        raise TooComplex
    window = int(since.timestamp()), int(until.timestamp())
    found = [
        _instants(event, zone)
        for calendar, zone in _calendars(text, time_zone)
        for event in _events(calendar, since, until)
        if _takes_time(event)
    ]
    joined = list(_joined(sorted(_clipped(found, *window))))
    if len(joined) > MOST_RANGES:
        raise TooComplex
    return joined


def _calendars(text: bytes, time_zone: str) -> Iterator[tuple[Calendar, tzinfo]]:
    """Each calendar in the text, and the zone of what has none.

    It must be bytes: the library opens a str without line breaks as a file.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, RecursionError) as error:
        raise NotACalendar from error
    for calendar in calendars:
        zone = _zone(str(calendar.get("X-WR-TIMEZONE", "")))
        if zone is None:
            calendar.pop("X-WR-TIMEZONE", None)  # a name the library would stumble over
        yield calendar, zone or ZoneInfo(time_zone)


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _events(calendar: Calendar, since: datetime, until: datetime) -> Iterable[Event]:
    day = timedelta(days=1)  # dates have no zone yet
    query = recurring_ical_events.of(calendar, skip_bad_series=True, calendar_query=_Lenient)
    events: list[Event] = query.between(since - day, until + day)
    return events


def _takes_time(event: Event) -> bool:
    said = {(name, str(event.get(name, "")).upper()) for name in ("STATUS", "TRANSP", OUTLOOK)}
    return not said & FREE


def _instants(event: Event, zone: tzinfo) -> Range:
    return _instant(event.start, zone), _instant(event.end, zone)


def _instant(value: date, zone: tzinfo) -> int:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), zone)
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return int(value.astimezone(UTC).timestamp())


def _clipped(ranges: Iterable[Range], since: int, until: int) -> Iterator[Range]:
    for start, end in ranges:
        if max(start, since) < min(end, until):
            yield max(start, since), min(end, until)


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Ranges in order, those that touch or overlap made one."""
    current: Range | None = None
    for start, end in ranges:
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
            continue
        if current:
            yield current
        current = start, end
    if current:
        yield current
