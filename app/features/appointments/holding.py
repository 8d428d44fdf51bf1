"""Keeping a time for a client who is about to book it."""

from datetime import timedelta
from uuid import UUID

from app.core.errors import NotFound
from app.features.appointments.booking import open_wish
from app.features.appointments.paths import ClientSide
from app.features.appointments.placing import Place, place
from app.features.appointments.schemas_portal import HoldIn, HoldOut
from app.features.appointments.seating import clear_holds, give_back
from app.features.appointments.wishes import Wish
from app.models import Attendee
from app.repositories.appointments import AppointmentRepository
from app.repositories.coaches import lock_coach
from app.slots import epoch_seconds

KEPT_FOR = timedelta(minutes=10)


async def hold(mine: ClientSide, body: HoldIn) -> HoldOut:
    """Keep a time for ten minutes; what the client held with this coach before is free again.

    Raises what booking does, but for credits: these are only counted when it is booked.
    """
    wish = Wish(
        type_id=body.appointment_type_id,
        contact_id=mine.contact_id,
        enrollment_id=body.enrollment_id,
        starts_at=body.starts_at,
        actor=mine.principal.actor,
    )
    _, desk = await open_wish(mine.session, mine.workspace_id, wish)
    appointments = AppointmentRepository(mine.session, mine.workspace_id)
    coach_id = desk.terms.type.coach_id
    await clear_holds(appointments, coach_id, at=desk.at, contact_id=mine.contact_id)
    [held] = await place(
        appointments,
        desk,
        wish,
        [epoch_seconds(wish.starts_at)],
        status="held",
        hold_expires_at=desk.at + KEPT_FOR,
    )
    return _hold_out(held)


def _hold_out(held: Place) -> HoldOut:
    appointment, seat = held
    return HoldOut.model_validate(
        {
            "id": seat.id,
            "appointment_type_id": appointment.appointment_type_id,
            "enrollment_id": seat.enrollment_id,
            "starts_at": appointment.starts_at,
            "ends_at": appointment.ends_at,
            "expires_at": seat.hold_expires_at,
        }
    )


async def let_go(mine: ClientSide, hold_id: UUID) -> None:
    """Give a hold back before it expires; NotFound when it is gone, or another's."""
    appointments = AppointmentRepository(mine.session, mine.workspace_id)
    await _lock_coach_of(appointments, await appointments.held(hold_id, mine.contact_id))
    held = await appointments.held(hold_id, mine.contact_id)  # again: it may be booked meanwhile
    if held is None:
        raise NotFound
    await give_back(appointments, held)


async def _lock_coach_of(appointments: AppointmentRepository, held: Attendee | None) -> None:
    if held is None:
        raise NotFound
    coach_id = await appointments.coach_of(held.appointment_id)
    await lock_coach(appointments.session, appointments.workspace_id, coach_id)
