"""Appointments' rows as coaches see them."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from app.core.etags import etag
from app.features.appointments.cases import Case
from app.features.appointments.schemas import AppointmentOut, AttendeeOut, PlaceOut
from app.repositories.appointment_cards import PLAIN, AppointmentCard, appointment_card

SHOWN = tuple(name for name in PLAIN if not name.startswith("location_"))


def appointment_out(card: AppointmentCard) -> AppointmentOut:
    """An appointment as the API gives it."""
    return AppointmentOut.model_construct(**appointment_fields(card))


def appointment_fields(card: AppointmentCard) -> dict[str, Any]:
    """The members of an AppointmentOut."""
    attendees = [AttendeeOut.model_validate(each) for each in card.attendees or ()]
    only = attendees[-1] if card.capacity == 1 and attendees else None
    return {
        **{name: getattr(card, name) for name in SHOWN},
        "name": card.name,
        "location": place_out(card),
        "attendees": attendees,
        "contact_id": only and only.contact_id,
        "enrollment_id": only and only.enrollment_id,
        "series_id": only and only.series_id,
    }


def place_out(card: Any) -> PlaceOut | None:
    """Where it is, from the columns of an appointment."""
    if card.location_kind is None:
        return None
    place: Mapping[str, Any] = {"kind": card.location_kind, "value": card.location_value}
    return PlaceOut.model_validate(place)


def tagged(response: Response, card: AppointmentCard) -> AppointmentOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(card.version)
    return appointment_out(card)


async def changed(response: Response, case: Case) -> AppointmentOut:
    """The appointment after a change."""
    appointment = case.appointment
    card = await appointment_card(case.session, appointment.workspace_id, appointment.id)
    return tagged(response, card)
