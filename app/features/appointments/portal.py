"""Appointments, client side: the caller's own."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from app.core.errors import AppError, NotFound
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.appointments import cancelling, holding, listing, moving, service
from app.features.appointments.answers_portal import own
from app.features.appointments.cases import Case, open_case
from app.features.appointments.failures import (
    REFUSALS,
    AppointmentClosed,
    CancelWindowClosed,
    NoWorkingHours,
    RescheduleWindowClosed,
    TypeArchived,
)
from app.features.appointments.paths import AppointmentId, Mine
from app.features.appointments.schemas_portal import (
    HoldIn,
    HoldOut,
    PortalAppointmentIn,
    PortalAppointmentOut,
    PortalAppointmentQuery,
    PortalBookedOut,
    PortalCancelIn,
    PortalRescheduleIn,
)
from app.repositories.bookables import EnrollmentNotActive, SelfSchedulingDisabled
from app.repositories.credits import NoCredits

router = api_router("/v1/portal", "appointments")

HOLDING: tuple[type[AppError], ...] = (
    NotFound,
    *REFUSALS.values(),
    NoWorkingHours,
    TypeArchived,
    EnrollmentNotActive,
    SelfSchedulingDisabled,
)


@router.post("/slot-holds", status_code=201, responses=problems(*HOLDING))
async def hold_slot(body: HoldIn, mine: Mine) -> HoldOut:
    """Keep a time for ten minutes, in place of any other that was kept with this coach."""
    return await holding.hold(mine, body)


@router.delete("/slot-holds/{hold_id}", status_code=204)
async def release_slot_hold(hold_id: Annotated[UUID, Path()], mine: Mine) -> None:
    """Give a kept time back."""
    await holding.let_go(mine, hold_id)


@router.post("/appointments", status_code=201, responses=problems(*HOLDING, NoCredits))
async def book_own_appointment(
    body: PortalAppointmentIn, mine: Mine, response: Response
) -> PortalBookedOut:
    """Book a time, or a weekly series of it: all of it or nothing.

    A refusal carries the nearest free `alternatives`, for a series by each of its `dates`.
    """
    booked = await service.book_own(mine, body)
    response.headers["Location"] = f"/v1/portal/appointments/{booked.id}"
    return booked


@router.get("/appointments")
async def list_own_appointments(
    query: Annotated[PortalAppointmentQuery, Query()], mine: Mine
) -> Page[PortalAppointmentOut]:
    """The client's appointments in order of their start."""
    return await listing.list_own(mine, query)


@router.get("/appointments/{appointment_id}")
async def get_own_appointment(appointment_id: AppointmentId, mine: Mine) -> PortalAppointmentOut:
    """One of the client's appointments, with what they may still do about it."""
    return await own(mine, appointment_id)


async def own_case(mine: Mine, appointment_id: AppointmentId) -> Case:
    """The caller's appointment that the path names, locked for a change."""
    return await open_case(
        mine.session,
        mine.workspace_id,
        appointment_id,
        actor=mine.principal.actor,
        contact_id=mine.contact_id,
    )


OwnCase = Annotated[Case, Depends(own_case)]


@router.post(
    "/appointments/{appointment_id}/reschedule",
    responses=problems(*HOLDING, AppointmentClosed, RescheduleWindowClosed),
)
async def reschedule_own_appointment(
    mine: Mine, case: OwnCase, body: PortalRescheduleIn
) -> PortalAppointmentOut:
    """Move an appointment; a seat in a group goes to another session, with another id."""
    moved = await moving.move_own(case, mine.contact_id, body)
    return await own(mine, moved)


@router.post(
    "/appointments/{appointment_id}/cancel",
    responses=problems(AppointmentClosed, CancelWindowClosed),
)
async def cancel_own_appointment(
    mine: Mine, case: OwnCase, body: PortalCancelIn | None = None
) -> PortalAppointmentOut:
    """Give an appointment up, or withdraw a request."""
    await cancelling.cancel_own(case, mine.contact_id, (body or PortalCancelIn()).reason)
    return await own(mine, case.appointment.id)
