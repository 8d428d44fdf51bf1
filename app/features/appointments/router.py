"""Appointments, coach side."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access.sessions import TenantSession
from app.core.etags import etag, not_modified
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.appointments import answering, cancelling, listing, moving, service
from app.features.appointments.answers import changed, tagged
from app.features.appointments.cases import Case, open_case
from app.features.appointments.failures import (
    REFUSALS,
    AppointmentClosed,
    NoSuchAttendee,
    NotStarted,
    NoWorkingHours,
    TypeArchived,
)
from app.features.appointments.paths import AppointmentId, Reader, Writer
from app.features.appointments.schemas import (
    AppointmentIn,
    AppointmentOut,
    AppointmentQuery,
    BookedOut,
    CancelIn,
    DeclineIn,
    RescheduleIn,
    WhoIn,
)
from app.features.appointments.service import NoSuchContact
from app.repositories.appointment_cards import appointment_card
from app.repositories.bookables import EnrollmentNotActive
from app.repositories.credits import NoCredits

router = api_router("/v1/appointments", "appointments")

BOOKING = (*REFUSALS.values(), NoWorkingHours, TypeArchived, NoCredits, EnrollmentNotActive)


@router.post("", status_code=201, responses=problems(*BOOKING, NoSuchContact))
async def book_appointment(
    writer: Writer, body: AppointmentIn, session: TenantSession, response: Response
) -> BookedOut:
    """Book for a client: confirmed at once, and all of a series or nothing of it."""
    booked = await service.book_for_client(session, writer, body)
    response.headers["Location"] = f"/v1/appointments/{booked.id}"
    response.headers["ETag"] = etag(booked.version)
    return booked


@router.get("")
async def list_appointments(
    reader: Reader, query: Annotated[AppointmentQuery, Query()], session: TenantSession
) -> Page[AppointmentOut]:
    """The practice's appointments in order of their start, without what clients only hold."""
    return await listing.list_appointments(session, reader.workspace_id, query)


@router.get("/{appointment_id}", response_model=AppointmentOut)
async def get_appointment(
    request: Request,
    reader: Reader,
    appointment_id: AppointmentId,
    session: TenantSession,
    response: Response,
) -> AppointmentOut | Response:
    """One appointment with everyone who has, or had, a seat."""
    card = await appointment_card(session, reader.workspace_id, appointment_id)
    return not_modified(request, etag(card.version)) or tagged(response, card)


async def case_in_path(
    writer: Writer, appointment_id: AppointmentId, session: TenantSession
) -> Case:
    """The appointment the path names, locked for a change."""
    return await open_case(session, writer.workspace_id, appointment_id, actor=writer.actor)


CaseInPath = Annotated[Case, Depends(case_in_path)]

WHO = problems(AppointmentClosed, NoSuchAttendee)


@router.post("/{appointment_id}/confirm", responses=WHO)
async def confirm_appointment(
    case: CaseInPath, response: Response, body: WhoIn | None = None
) -> AppointmentOut:
    """Say yes to a client's request."""
    await answering.confirm(case, (body or WhoIn()).contact_id)
    return await changed(response, case)


@router.post("/{appointment_id}/decline", responses=WHO)
async def decline_appointment(
    case: CaseInPath, response: Response, body: DeclineIn | None = None
) -> AppointmentOut:
    """Say no to a client's request: the time and the credits are free again."""
    await answering.decline(case, body or DeclineIn())
    return await changed(response, case)


@router.post("/{appointment_id}/reschedule", responses=problems(*BOOKING, AppointmentClosed))
async def reschedule_appointment(
    case: CaseInPath, body: RescheduleIn, response: Response
) -> AppointmentOut:
    """Move an appointment, with everyone in it."""
    await moving.move_for_clients(case, body)
    return await changed(response, case)


@router.post("/{appointment_id}/cancel", responses=WHO)
async def cancel_appointment(
    case: CaseInPath, response: Response, body: CancelIn | None = None
) -> AppointmentOut:
    """Cancel, for everyone or for one client."""
    await cancelling.cancel_for_clients(case, body or CancelIn())
    return await changed(response, case)


@router.post("/{appointment_id}/complete", responses=WHO)
async def complete_appointment(
    case: CaseInPath, response: Response, body: WhoIn | None = None
) -> AppointmentOut:
    """It took place: its credits are used."""
    await answering.complete(case, (body or WhoIn()).contact_id)
    return await changed(response, case)


@router.post(
    "/{appointment_id}/no-show",
    responses=problems(AppointmentClosed, NoSuchAttendee, NotStarted),
)
async def mark_no_show(
    case: CaseInPath, response: Response, body: WhoIn | None = None
) -> AppointmentOut:
    """The client did not come; the type's rule decides about the credits."""
    await answering.miss(case, (body or WhoIn()).contact_id)
    return await changed(response, case)
