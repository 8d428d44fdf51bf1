"""Giving appointments up: by the client within the terms, by the coach at any time."""

from collections.abc import Sequence
from uuid import UUID

from app.features.appointments.allowances import Ending, settle
from app.features.appointments.cases import Case
from app.features.appointments.events import AppointmentCancelled
from app.features.appointments.failures import CancelWindowClosed
from app.features.appointments.policies import cancel_verdict
from app.features.appointments.schemas import CancelIn
from app.models import Attendee


async def cancel_own(case: Case, contact_id: UUID, reason: str | None) -> None:
    """A client gives their seat up.

    After the cut-off the type's rule decides about it and about the credits.
    Raises AppointmentClosed and CancelWindowClosed (409).
    """
    seats = case.open_seats(contact_id)
    starts_at = case.appointment.starts_at
    verdict = cancel_verdict(case.offered, status=seats[0].status, starts_at=starts_at, at=case.at)
    if verdict == "closed":
        raise CancelWindowClosed
    late = verdict == "late"
    credit: Ending = "forfeit" if late and case.offered.late_cancel_rule == "forfeit" else "release"
    await _cancel(case, seats, reason=reason, late=late, credit=credit)


async def cancel_for_clients(case: Case, body: CancelIn) -> None:
    """A coach cancels for everyone, or for one client. Raises AppointmentClosed (409)."""
    seats = case.open_seats(body.contact_id)
    await _cancel(case, seats, reason=body.reason, late=False, credit=body.credits)


async def _cancel(
    case: Case, seats: Sequence[Attendee], *, reason: str | None, late: bool, credit: Ending
) -> None:
    for seat in seats:
        leave(case, seat, status="cancelled", reason=reason)
        amount = await settle(case.session, case.workspace_id, credit, [seat.id])
        forfeited = credit == "forfeit" and amount > 0
        case.events.append(
            AppointmentCancelled(**case.facts(seat), reason=reason, late=late, forfeited=forfeited)
        )
    await case.close()


def leave(case: Case, seat: Attendee, *, status: str, reason: str | None) -> None:
    """End a seat's claim, as its calendar entry will be told."""
    seat.status = status
    seat.cancelled_at, seat.cancelled_by = case.at, case.actor.kind
    seat.cancel_reason = reason
    seat.ical_sequence += 1
