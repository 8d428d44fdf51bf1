"""Putting appointments into a coach's diary, whose lock is held: checked, then written."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from app.core.ids import new_id
from app.features.appointments.asking import Desk
from app.features.appointments.failures import SessionFull, SlotTaken
from app.features.appointments.refusing import refusal_in, refused
from app.features.appointments.seating import sum_up
from app.features.appointments.wishes import Wish
from app.models import Appointment, Attendee
from app.repositories.appointments import AppointmentRepository
from app.repositories.diaries import Viewer
from app.slots import local_day


class Place(NamedTuple):
    """A seat in an appointment."""

    appointment: Appointment
    seat: Attendee


async def place(
    appointments: AppointmentRepository,
    desk: Desk,
    wish: Wish,
    starts: Sequence[int],
    *,
    status: str,
    hold_expires_at: datetime | None = None,
) -> list[Place]:
    """A seat at each of these starts (epoch seconds, in order), or none at all.

    Raises whatever of Unbookable the engine finds, with alternatives.
    """
    await check(desk, Viewer(contact_id=wish.contact_id), starts, override=wish.override)
    state = {"status": status, "hold_expires_at": hold_expires_at}
    taken = await take_seats(appointments, desk, starts, state=state)
    series = {"series_id": new_id() if len(starts) > 1 else None}
    seats = [_seat(appointment, wish, state | series) for appointment in taken]
    appointments.session.add_all(seats)
    await appointments.session.flush()
    if desk.rules.capacity > 1:
        for appointment in taken:
            sum_up(appointment, await appointments.seats(appointment.id))
        await appointments.session.flush()
    return [Place(*each) for each in zip(taken, seats, strict=True)]


async def check(desk: Desk, viewer: Viewer, starts: Sequence[int], *, override: bool) -> None:
    """Ask the engine about these starts; raises what of Unbookable refuses one of them."""
    read = await desk.read(starts[0], starts[-1] + 1, viewer=viewer)
    results = {
        start: refusal_in(desk.explain(read.diary, start), override=override) for start in starts
    }
    if any(results.values()):
        raise await refused(desk, viewer, results)


async def take_seats(
    appointments: AppointmentRepository,
    desk: Desk,
    starts: Sequence[int],
    *,
    state: dict[str, Any],
) -> list[Appointment]:
    """An appointment with a seat taken at each start, in order: joined or new with this state.

    Raises SessionFull and SlotTaken where somebody was quicker.
    """
    joined = await _sessions_to_join(appointments, desk, starts)
    new = [start for start in starts if start not in joined]
    added = await _add(appointments, desk, new, state=state)
    return sorted([*joined.values(), *added], key=lambda row: row.starts_at)


async def _sessions_to_join(
    appointments: AppointmentRepository, desk: Desk, starts: Sequence[int]
) -> dict[int, Appointment]:
    """The group sessions at these starts, a seat taken in each of them."""
    if desk.rules.capacity == 1:
        return {}
    joined = {}
    for start in starts:
        session = await appointments.session_at(desk.terms.type.id, instant(start))
        if session is None:
            continue
        if not await appointments.take_seat(session.id):
            raise SessionFull
        joined[start] = await appointments.current(session.id)
    return joined


async def _add(
    appointments: AppointmentRepository,
    desk: Desk,
    starts: Sequence[int],
    *,
    state: dict[str, Any],
) -> Sequence[Appointment]:
    if not starts:
        return []
    rows = [{**appointment_at(desk, start), **state} for start in starts]
    added = await appointments.add_apart(rows)
    if len(added) < len(rows):
        raise SlotTaken
    return added


def appointment_at(desk: Desk, start: int) -> dict[str, Any]:
    """A new appointment's columns, on the terms of its type; one seat is taken."""
    offered = desk.terms.type
    return {
        "id": new_id(),
        "coach_id": offered.coach_id,
        "appointment_type_id": offered.id,
        "capacity": offered.capacity,
        "seats_taken": 1,
        "location_kind": offered.location_kind,
        "location_value": offered.location_value,
        "reminders_minutes": offered.reminders_minutes,
        **span_at(desk, start),
    }


def span_at(desk: Desk, start: int) -> dict[str, Any]:
    """The columns that tell when an appointment is and what it blocks."""
    offered, zone = desk.terms.type, desk.coach_time_zone
    starts_at = instant(start)
    ends_at = starts_at + timedelta(minutes=offered.duration_minutes)
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "blocked_from": starts_at - timedelta(minutes=offered.buffer_before_minutes),
        "blocked_until": ends_at + timedelta(minutes=offered.buffer_after_minutes),
        "local_date": date.fromordinal(local_day(zone, start)),
        "time_zone": zone,
    }


def _seat(appointment: Appointment, wish: Wish, state: dict[str, Any]) -> Attendee:
    seat_id: UUID = new_id()
    return Attendee(
        workspace_id=appointment.workspace_id,
        id=seat_id,
        ical_uid=str(seat_id),  # a UUID, as RFC 7986 5.3 wants it
        appointment_id=appointment.id,
        contact_id=wish.contact_id,
        enrollment_id=wish.enrollment_id,
        booked_by=wish.actor.kind,
        client_time_zone=wish.time_zone,
        note=wish.note,
        **state,
    )


def instant(seconds: int) -> datetime:
    """Epoch seconds as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)
