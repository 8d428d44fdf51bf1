"""The one source of the current time, and people's clocks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of this name; UTC where this machine knows none."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_in(zone: str, at: datetime) -> date:
    """The day an instant falls on, by the clocks of an IANA zone."""
    return at.astimezone(zone_named(zone)).date()
