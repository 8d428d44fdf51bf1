"""Appointments, coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.sessions import TenantSession
from app.core.etags import etag, not_modified
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.appointments import listing, service
from app.features.appointments.answers import tagged
from app.features.appointments.failures import REFUSALS, NoWorkingHours, TypeArchived
from app.features.appointments.paths import AppointmentId, Reader, Writer
from app.features.appointments.schemas import (
    AppointmentIn,
    AppointmentOut,
    AppointmentQuery,
    BookedOut,
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
    return await listing.list_appointments(session, reader.workspace_id, query)


@router.get("/{appointment_id}", response_model=AppointmentOut)
async def get_appointment(
    request: Request,
    reader: Reader,
    appointment_id: AppointmentId,
    session: TenantSession,
    response: Response,
) -> AppointmentOut | Response:
    card = await appointment_card(session, reader.workspace_id, appointment_id)
    return not_modified(request, etag(card.version)) or tagged(response, card)
