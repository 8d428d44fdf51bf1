"""Calendars as other programs write them."""

from datetime import UTC, datetime


def calendar(*components: str, **properties: str) -> bytes:
    """A calendar of these components; `X_WR_TIMEZONE="..."` is the property X-WR-TIMEZONE."""
    own = [f"{name.replace('_', '-')}:{value}" for name, value in properties.items()]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN", *own]
    return "\r\n".join([*lines, *components, "END:VCALENDAR", ""]).encode()


def event(*lines: str, uid: str = "1@elsewhere.test") -> str:
    """An event with these properties."""
    named = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z"]
    return "\r\n".join([*named, *lines, "END:VEVENT"])


def busy_at(starts_at: datetime, ends_at: datetime, *, uid: str = "1@elsewhere.test") -> str:
    """An event between two instants."""
    return event(f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}", uid=uid)


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
