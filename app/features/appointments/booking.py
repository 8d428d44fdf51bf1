"""Booking: one appointment or a weekly series, by the client or by the coach."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import publish
from app.features.appointments.allowances import Allowance, allowance_of
from app.features.appointments.asking import Desk, lock_diary, open_desk
from app.features.appointments.events import AppointmentBooked, AppointmentRequested, about
from app.features.appointments.lapsing import lapse_at_start
from app.features.appointments.placing import Place, place
from app.features.appointments.reminders import remind_of
from app.features.appointments.seating import clear_holds, give_back, sum_up
from app.features.appointments.series import weekly_starts
from app.features.appointments.wishes import Wish
from app.models import Attendee
from app.repositories.appointments import AppointmentRepository
from app.slots import epoch_seconds

NEARBY = timedelta(days=8)
"""How far around a wish alternatives are looked for, and a day more."""


async def book(session: AsyncSession, workspace_id: UUID, wish: Wish) -> list[Place]:
    """Book what was wished for, all of it or nothing; in order of time.

    Raises NotFound; EnrollmentNotActive, NoCredits, NoWorkingHours, TypeArchived (409);
    SelfSchedulingDisabled (403); and what of Unbookable refuses a start, with alternatives.
    """
    allowance, desk = await open_wish(session, workspace_id, wish)
    appointments = AppointmentRepository(session, workspace_id)
    coach_id = desk.terms.type.coach_id
    contact_id = wish.contact_id if wish.by_client else None
    held = await clear_holds(
        appointments, coach_id, at=desk.at, contact_id=contact_id, keep=_hold_to_keep(wish)
    )
    places = await _place(appointments, desk, wish, held)
    await allowance.reserve(desk.terms, [seat.id for _, seat in places])
    await _announce(session, desk, wish, places)
    return places


async def open_wish(
    session: AsyncSession, workspace_id: UUID, wish: Wish
) -> tuple[Allowance, Desk]:
    """What the wish may draw on, and the locked diary it goes into."""
    allowance = await allowance_of(
        session,
        workspace_id,
        contact_id=wish.contact_id,
        enrollment_id=wish.enrollment_id,
        type_id=wish.type_id,
        by_client=wish.by_client,
    )
    first = wish.starts_at.date()
    desk = await open_desk(
        session,
        workspace_id,
        wish.type_id,
        first=first - NEARBY,
        last=first + NEARBY + timedelta(weeks=wish.count * wish.every_weeks),
        schedule_id=allowance.schedule_id,
        override=wish.override,
    )
    return allowance, await lock_diary(desk)


def _hold_to_keep(wish: Wish) -> UUID | None:
    """A hold stands for one start: a series gives it back and is checked as a whole."""
    return wish.hold_id if wish.count == 1 else None


async def _place(
    appointments: AppointmentRepository, desk: Desk, wish: Wish, held: Attendee | None
) -> list[Place]:
    status = _status(desk, wish)
    if held is not None:
        taken = await _take_over(appointments, wish, held, status=status)
        if taken is not None:
            return [taken]
    starts = weekly_starts(
        epoch_seconds(wish.starts_at),
        desk.coach_time_zone,
        count=wish.count,
        every_weeks=wish.every_weeks,
    )
    return await place(appointments, desk, wish, starts, status=status)


def _status(desk: Desk, wish: Wish) -> str:
    asks = wish.by_client and desk.terms.type.requires_confirmation
    return "pending" if asks else "confirmed"


async def _take_over(
    appointments: AppointmentRepository, wish: Wish, held: Attendee, *, status: str
) -> Place | None:
    """Make the held seat the booked one; None, and it is given back, if it is for another time."""
    appointment = await appointments.current(held.appointment_id)
    wanted = (wish.type_id, wish.starts_at)
    if (appointment.appointment_type_id, appointment.starts_at) != wanted:
        await give_back(appointments, held)
        return None
    held.status, held.hold_expires_at = status, None
    held.enrollment_id, held.note = wish.enrollment_id, wish.note
    held.client_time_zone = wish.time_zone
    await appointments.session.flush()
    sum_up(appointment, await appointments.seats(appointment.id))
    await appointments.session.flush()
    return Place(appointment, held)


async def _announce(session: AsyncSession, desk: Desk, wish: Wish, places: Sequence[Place]) -> None:
    """One event for each seat; a series is told of by its first."""
    kind = AppointmentRequested if _status(desk, wish) == "pending" else AppointmentBooked
    events = [
        kind(
            **about(*each, name=desk.terms.type.name, actor=wish.actor),
            note=wish.note,
            **_series(places, first=each is places[0]),
        )
        for each in places
    ]
    await publish(session, *events)
    appointments = [appointment for appointment, _ in places]
    await remind_of(session, appointments, at=desk.at)
    if kind is AppointmentRequested:
        await lapse_at_start(session, appointments)


def _series(places: Sequence[Place], *, first: bool) -> dict[str, Any]:
    """What an event tells of the series it belongs to."""
    told = len(places) > 1 and first
    return {
        "series_id": places[0].seat.series_id,
        "series_starts": tuple(each.appointment.starts_at for each in places) if told else None,
        "series_uids": tuple(each.seat.ical_uid for each in places) if told else None,
    }
