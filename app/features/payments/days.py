"""Instants as days where the practice is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_in(zone: str, at: datetime) -> date:
    """The local date of an instant."""
    return at.astimezone(ZoneInfo(zone)).date()
