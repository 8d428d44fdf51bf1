"""Seats, and what an appointment is because of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.models import Appointment, Attendee
from app.models.appointments import LIVE_STATUSES
from app.repositories.appointments import AppointmentRepository

MOST_ALIVE_FIRST = ("confirmed", "pending", "held", "completed", "no_show")


def live_seats(seats: Sequence[Attendee]) -> list[Attendee]:
    """The seats that are taken."""
    return [seat for seat in seats if seat.status in LIVE_STATUSES]


def sum_up(appointment: Appointment, seats: Sequence[Attendee]) -> None:
    """Give an appointment the status and the count that follow from all its seats."""
    live = live_seats(seats)
    statuses = {seat.status for seat in live}
    appointment.seats_taken = len(live)
    appointment.status = next(
        (status for status in MOST_ALIVE_FIRST if status in statuses), _ended_as(seats)
    )
    held = appointment.status == "held"
    appointment.hold_expires_at = (
        max(seat.hold_expires_at for seat in live if seat.hold_expires_at) if held else None
    )


def _ended_as(seats: Sequence[Attendee]) -> str:
    """As the last of them ended."""
    ended = [seat for seat in seats if seat.cancelled_at is not None]
    last = max(ended, key=lambda seat: (seat.cancelled_at, seat.id), default=None)
    return last.status if last else "cancelled"


async def clear_holds(
    appointments: AppointmentRepository,
    coach_id: UUID,
    *,
    at: datetime,
    contact_id: UUID | None = None,
    keep: UUID | None = None,
) -> Attendee | None:
    """Give back the coach's holds that have expired and, but for one, those of the contact.

    The answer is that one, if it is theirs and still good.
    """
    spent = await appointments.spent_holds(coach_id, at=at, contact_id=contact_id)
    kept: Attendee | None = None
    for seat in spent:
        if seat.id == keep and seat.contact_id == contact_id and _is_good(seat, at):
            kept = seat
        else:
            await give_back(appointments, seat)
    return kept


def _is_good(seat: Attendee, at: datetime) -> bool:
    return seat.hold_expires_at is not None and seat.hold_expires_at > at


async def give_back(appointments: AppointmentRepository, seat: Attendee) -> None:
    """Delete a held seat; with it the appointment, if nobody else ever had a seat there."""
    await appointments.drop(seat)
    appointment = await appointments.current(seat.appointment_id)
    others = await appointments.seats(appointment.id)
    if others:
        sum_up(appointment, others)
        await appointments.session.flush()
    else:
        await appointments.drop(appointment)
