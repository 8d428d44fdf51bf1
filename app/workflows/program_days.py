"""When things are due that a program brings along: by the client's own calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import day_in

END_OF_DAY = time(23, 59)


def due_day(begun_at: datetime, days: int | None, zone: str) -> date | None:
    """So many days after the day an enrollment begins, where its client lives."""
    if days is None:
        return None
    return day_in(zone, begun_at) + timedelta(days=days)


def due_instant(begun_at: datetime, days: int | None, zone: str) -> datetime | None:
    """The last minute of that day, in UTC."""
    day = due_day(begun_at, days, zone)
    if day is None:
        return None
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC)
