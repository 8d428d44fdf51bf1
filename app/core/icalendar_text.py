"""Meetings as calendar programs read them: iCalendar (RFC 5545), by the rules of RFC 5546."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Atrium//Atrium//EN"
REFRESH_EVERY = timedelta(minutes=15)

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a meeting."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A meeting in somebody's calendar.

    `uid` stays when it moves, `sequence` counts its moves and its end (3.8.7.4). `stamped_at` is
    when this was last true: the same entry at the same time gives the same text. `url` is where
    an online meeting takes place.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    status: Status
    location: str | None = None
    url: str | None = None
    description: str | None = None
    organizer: Party | None = None
    attendees: tuple[Party, ...] = ()


def calendar_text(entries: Sequence[Entry], *, method: Method, name: str | None = None) -> str:
    """A calendar of these entries, its lines ended and folded as 3.1 wants it; times are in UTC.

    `method` must be that of the MIME part too (RFC 6047 2.4). A `name` is for calendars that are
    subscribed to.
    """
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if name is not None:
        _describe(calendar, name)
    for entry in entries:
        calendar.add_component(_event(entry))
    text: bytes = calendar.to_ical()
    return text.decode()


def _describe(calendar: Calendar, name: str) -> None:
    """Name and rhythm of a subscription (RFC 7986 5.1, 5.7), and in words older than that."""
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT15M")


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamped_at)
    event.add("DTSTART", entry.starts_at)
    event.add("DTEND", entry.ends_at)
    event.add("SUMMARY", entry.summary)
    event.add("STATUS", entry.status)
    event.add("TRANSP", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    _say_where(event, entry)
    _say_who(event, entry)
    return event


def _say_where(event: Event, entry: Entry) -> None:
    if entry.location:
        event.add("LOCATION", entry.location)
    if entry.url:
        event.add("URL", vUri(entry.url))
    if entry.description:
        event.add("DESCRIPTION", entry.description)


def _say_who(event: Event, entry: Entry) -> None:
    if entry.organizer:
        event.add("ORGANIZER", _address(entry.organizer))
    for attendee in entry.attendees:
        address = _address(attendee)
        address.params["CUTYPE"] = vText("INDIVIDUAL")
        address.params["ROLE"] = vText("REQ-PARTICIPANT")
        address.params["PARTSTAT"] = vText("ACCEPTED")
        address.params["RSVP"] = vText("FALSE")
        event.add("ATTENDEE", address)


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email}")
    address.params["CN"] = vText(party.name)
    return address
