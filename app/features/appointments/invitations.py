"""Appointments for calendar programs: the `.ics` that letters about them carry.

The client's and the coach's entry have the same UID, their seat's; it stays through every move,
and the sequence counts moves (RFC 5546 3.2.2).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.events import RecordedEvent
from app.core.icalendar_text import Entry, Method, Party, Status, calendar_text
from app.core.letters import Enclosure
from app.models.places import meeting_link, place_in_words

METHODS: Mapping[str, Method] = {
    "appointment.booked": "REQUEST",
    "appointment.confirmed": "REQUEST",
    "appointment.rescheduled": "REQUEST",
    "appointment.cancelled": "CANCEL",
    "appointment.declined": "CANCEL",
}
"""What each event asks of a calendar; the others change nothing in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What one side's calendar calls the appointment, and whom it shows in it."""

    summary: str
    organizer: Party
    attendees: tuple[Party, ...]


def entries_for(event: RecordedEvent, meeting: Meeting) -> tuple[Enclosure, ...]:
    """What a letter about the event carries; nothing where it changes no calendar.

    A calendar program takes one meeting out of a letter. So a series comes as its first meeting,
    and whole as a file.
    """
    method = METHODS.get(event.type)
    if method is None:
        return ()
    first, *others = _entries(event, meeting, method)
    request = _enclosure("invite.ics", [first], method, alternative=True)
    if others:
        return request, _enclosure("appointments.ics", [first, *others], "PUBLISH")
    return request, _enclosure("invite.ics", [first], method)


def _entries(event: RecordedEvent, meeting: Meeting, method: Method) -> list[Entry]:
    data = event.data
    length = _instant(data["ends_at"]) - _instant(data["starts_at"])
    return [
        Entry(
            uid=uid,
            sequence=data["ical_sequence"],
            stamped_at=event.at,
            starts_at=starts_at,
            ends_at=starts_at + length,
            summary=meeting.summary,
            status=_status(event, method),
            location=place_in_words(data["location_kind"], data["location_value"]),
            url=meeting_link(data["location_kind"], data["location_value"]),
            organizer=meeting.organizer,
            attendees=meeting.attendees,
        )
        for uid, starts_at in _places(event)
    ]


def _places(event: RecordedEvent) -> Iterator[tuple[str, datetime]]:
    """UID and start of the appointment, or of all in the series it is the first of."""
    data = event.data
    uids = data.get("series_uids") or [data["ical_uid"]]
    starts = data.get("series_starts") or [data["starts_at"]]
    return ((uid, _instant(start)) for uid, start in zip(uids, starts, strict=True))


def _status(event: RecordedEvent, method: Method) -> Status:
    if method == "CANCEL":
        return "CANCELLED"
    return "TENTATIVE" if event.data.get("needs_confirmation") else "CONFIRMED"


def _enclosure(
    filename: str, entries: list[Entry], method: Method, *, alternative: bool = False
) -> Enclosure:
    return Enclosure(
        filename=filename,
        content_type="text/calendar",
        text=calendar_text(entries, method=method),
        params={"method": method, "charset": "utf-8"},
        alternative=alternative,
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
