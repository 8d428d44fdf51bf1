"""Appointments as entries of a calendar that is subscribed to."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from app.core.icalendar_text import Entry, Party
from app.models.places import meeting_link, place_in_words
from app.repositories.calendar_entries import SeatRow


def client_entries(seats: Sequence[SeatRow]) -> Iterator[Entry]:
    """A client's appointments, under the UIDs their letters have; they show only the coach."""
    for seat in seats:
        yield Entry(
            uid=seat.ical_uid,
            sequence=seat.ical_sequence,
            summary=f"{seat.name} with {seat.coach}",
            **_shared([seat]),
        )


def coach_entries(seats: Sequence[SeatRow]) -> Iterator[Entry]:
    """A coach's appointments; a session that several come to is one entry."""
    for _, together in groupby(seats, key=lambda seat: seat.appointment_id):
        present = list(together)
        yield _session(present) if present[0].capacity > 1 else _meeting(present)


def _meeting(seats: Sequence[SeatRow]) -> Entry:
    seat = seats[0]
    return Entry(
        uid=seat.ical_uid,
        sequence=seat.ical_sequence,
        summary=f"{seat.name}: {seat.client}",
        **_shared(seats),
    )


def _session(seats: Sequence[SeatRow]) -> Entry:
    """Its sequence is the appointment's version, which counts who comes and goes as well."""
    session = seats[0]
    return Entry(
        uid=str(session.appointment_id),
        sequence=session.version,
        summary=f"{session.name} ({len(seats)} of {session.capacity})",
        description="\n".join(seat.client for seat in seats),
        **_shared(seats),
    )


def _shared(seats: Sequence[SeatRow]) -> dict[str, Any]:
    """What does not depend on the reader. Asked for and not yet confirmed is tentative."""
    seat = seats[0]
    asked = all(each.status == "pending" for each in seats)
    return {
        "stamped_at": max(each.updated_at for each in seats),
        "starts_at": seat.starts_at,
        "ends_at": seat.ends_at,
        "status": "TENTATIVE" if asked else "CONFIRMED",
        "location": place_in_words(seat.location_kind, seat.location_value),
        "url": meeting_link(seat.location_kind, seat.location_value),
        "organizer": Party(name=seat.coach, email=seat.coach_email),
    }
