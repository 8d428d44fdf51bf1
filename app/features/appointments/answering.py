"""A coach's word on appointments: yes or no to a request, and how the meeting went."""

from uuid import UUID

from app.features.appointments.allowances import Ending, settle
from app.features.appointments.cancelling import leave
from app.features.appointments.cases import Case
from app.features.appointments.events import (
    AppointmentCompleted,
    AppointmentConfirmed,
    AppointmentDeclined,
    AppointmentMissed,
)
from app.features.appointments.failures import NotStarted
from app.features.appointments.schemas import DeclineIn


async def confirm(case: Case, contact_id: UUID | None) -> None:
    """Say yes to a request. Raises AppointmentClosed (409) where nothing was asked for."""
    for seat in case.seats_in("pending", contact_id=contact_id):
        seat.status = "confirmed"
        case.events.append(AppointmentConfirmed(**case.facts(seat)))
    await case.close()


async def decline(case: Case, body: DeclineIn) -> None:
    """Say no to a request: time and credits are free again. Raises AppointmentClosed (409)."""
    for seat in case.seats_in("pending", contact_id=body.contact_id):
        leave(case, seat, status="declined", reason=body.reason)
        await settle(case.session, case.workspace_id, "release", [seat.id])
        case.events.append(AppointmentDeclined(**case.facts(seat), reason=body.reason))
    await case.close()


async def complete(case: Case, contact_id: UUID | None) -> None:
    """The meeting took place, maybe earlier than planned: its credits are used.

    Raises AppointmentClosed (409) unless it is confirmed.
    """
    for seat in case.seats_in("confirmed", contact_id=contact_id):
        seat.status = "completed"
        await settle(case.session, case.workspace_id, "consume", [seat.id])
        case.events.append(AppointmentCompleted(**case.facts(seat)))
    await case.close()


async def miss(case: Case, contact_id: UUID | None) -> None:
    """The client did not come; the type's rule decides about the credits.

    Raises AppointmentClosed unless it is confirmed, and NotStarted (409).
    """
    seats = case.seats_in("confirmed", contact_id=contact_id)
    if case.at < case.appointment.starts_at:
        raise NotStarted
    how: Ending = "forfeit" if case.offered.no_show_rule == "forfeit" else "release"
    for seat in seats:
        seat.status = "no_show"
        amount = await settle(case.session, case.workspace_id, how, [seat.id])
        forfeited = how == "forfeit" and amount > 0
        case.events.append(AppointmentMissed(**case.facts(seat), forfeited=forfeited))
    await case.close()
