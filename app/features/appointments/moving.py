"""Another time for an appointment: the same row, the same calendar entry, one sequence further."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.core.database_errors import violated_constraint
from app.core.errors import NotFound
from app.features.appointments.allowances import allowance_of
from app.features.appointments.asking import Desk, open_desk
from app.features.appointments.booking import NEARBY
from app.features.appointments.cases import Case
from app.features.appointments.events import AppointmentRescheduled
from app.features.appointments.failures import RescheduleWindowClosed, SlotTaken
from app.features.appointments.lapsing import lapse_at_start
from app.features.appointments.placing import check, span_at, take_seats
from app.features.appointments.policies import why_not_reschedule
from app.features.appointments.refusing import refusal_in, refused
from app.features.appointments.reminders import follow
from app.features.appointments.schemas import RescheduleIn
from app.features.appointments.schemas_portal import PortalRescheduleIn
from app.features.appointments.seating import live_seats, sum_up
from app.models import Attendee
from app.repositories.appointments import APART
from app.repositories.bookables import EnrollmentNotActive
from app.repositories.diaries import Viewer
from app.slots import epoch_seconds


async def move_own(case: Case, contact_id: UUID, body: PortalRescheduleIn) -> UUID:
    """A client moves their seat; the id of the appointment it is in then.

    A seat in a group moves alone, to another session. Where the type asks for confirmation the
    new time does too. Raises AppointmentClosed, RescheduleWindowClosed (409), and what booking
    the new time would raise.
    """
    [seat] = case.open_seats(contact_id)
    if case.appointment.starts_at == body.starts_at:
        return case.appointment.id
    _check_policy(case, seat)
    allowance = await allowance_of(
        case.session,
        case.workspace_id,
        contact_id=contact_id,
        enrollment_id=seat.enrollment_id,
        type_id=case.offered.id,
        by_client=True,
    )
    desk = await _desk(case, body.starts_at, allowance.schedule_id, override=False)
    if case.offered.requires_confirmation:
        seat.status = "pending"
    seat.reschedules += 1
    if case.appointment.capacity > 1:
        return await _move_seat(case, desk, seat, body)
    await _move_appointment(case, desk, body, override=False)
    return case.appointment.id


def _check_policy(case: Case, seat: Attendee) -> None:
    words = why_not_reschedule(
        case.offered,
        reschedules=seat.reschedules,
        starts_at=case.appointment.starts_at,
        at=case.at,
    )
    if words is not None:
        raise RescheduleWindowClosed(words)


async def move_for_clients(case: Case, body: RescheduleIn) -> None:
    """A coach moves an appointment with everyone in it.

    Raises AppointmentClosed (409), and unless overridden what booking the new time would raise;
    SlotTaken (409) always.
    """
    seats = case.open_seats()
    if case.appointment.starts_at == body.starts_at:
        return
    schedule_id = await _program_hours(case, seats[0])
    desk = await _desk(case, body.starts_at, schedule_id, override=body.override)
    await _move_appointment(case, desk, body, override=body.override)


async def _program_hours(case: Case, seat: Attendee) -> UUID | None:
    """The hours of the program the client is in; a pause doesn't keep the coach from moving."""
    try:
        allowance = await allowance_of(
            case.session,
            case.workspace_id,
            contact_id=seat.contact_id,
            enrollment_id=seat.enrollment_id,
            type_id=case.offered.id,
            by_client=False,
        )
    except (NotFound, EnrollmentNotActive):
        return None
    return allowance.schedule_id


async def _desk(
    case: Case, starts_at: datetime, schedule_id: UUID | None, *, override: bool
) -> Desk:
    day = starts_at.date()
    return await open_desk(
        case.session,
        case.workspace_id,
        case.offered.id,
        first=day - NEARBY,
        last=day + NEARBY,
        schedule_id=schedule_id,
        override=override,
    )


async def _move_appointment(
    case: Case, desk: Desk, body: RescheduleIn | PortalRescheduleIn, *, override: bool
) -> None:
    """The whole appointment at another start, checked as if it weren't in the diary."""
    start, old_starts_at = epoch_seconds(body.starts_at), case.appointment.starts_at
    await _check_alone(case, desk, start, override=override)
    for name, value in span_at(desk, start).items():
        setattr(case.appointment, name, value)
    await _flush_apart(case)
    for seat in case.open_seats():
        _moved(case, seat, old_starts_at, body.reason)
    await _close(case)


async def _check_alone(case: Case, desk: Desk, start: int, *, override: bool) -> None:
    """No group session is joined by moving another onto it: it is in the way like any other."""
    [*_, seat] = case.open_seats()
    contact_id = seat.contact_id if case.appointment.capacity == 1 else None
    viewer = Viewer(contact_id=contact_id, leaving=case.appointment.id, vacated=True)
    read = await desk.read(start, start + 1, viewer=viewer)
    explanation = desk.explain(replace(read.diary, sessions=()), start)
    refusal = refusal_in(explanation, override=override)
    if refusal is not None:
        raise await refused(desk, viewer, {start: refusal})


async def _flush_apart(case: Case) -> None:
    try:
        await case.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == APART:
            raise SlotTaken from None
        raise


def _moved(case: Case, seat: Attendee, old_starts_at: datetime, reason: str | None) -> None:
    seat.rescheduled_from = old_starts_at
    seat.ical_sequence += 1
    case.events.append(
        AppointmentRescheduled(
            **case.facts(seat),
            old_starts_at=old_starts_at,
            reason=reason,
            needs_confirmation=seat.status == "pending",
        )
    )


async def _move_seat(case: Case, desk: Desk, seat: Attendee, body: PortalRescheduleIn) -> UUID:
    """One seat into another session, or a new one; the old session may end because of it."""
    old, start = case.appointment, epoch_seconds(body.starts_at)
    others = [each for each in case.seats if each is not seat]
    vacated = not live_seats(others)
    viewer = Viewer(contact_id=seat.contact_id, leaving=old.id, vacated=vacated)
    await check(desk, viewer, [start], override=False)
    await _leave_session(case, others)
    state = {"status": seat.status, "hold_expires_at": None}
    [target] = await take_seats(case.appointments, desk, [start], state=state)
    seat.appointment_id = target.id
    await case.session.flush()
    case.appointment, case.seats = target, await case.appointments.seats(target.id)
    _moved(case, seat, old.starts_at, body.reason)
    await _close(case)
    return target.id


async def _close(case: Case) -> None:
    """What has to be confirmed anew is looked after at its new start."""
    await case.close()
    if any(seat.status == "pending" for seat in case.seats):
        await lapse_at_start(case.session, [case.appointment])


async def _leave_session(case: Case, others: list[Attendee]) -> None:
    """Free the seat, before the new one is looked for: the old session may be in the way."""
    sum_up(case.appointment, others)
    await case.session.flush()
    await follow(case.session, case.appointment, at=case.at)
