"""Appointments' rows as their clients see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import now
from app.features.appointments.answers import place_out
from app.features.appointments.paths import ClientSide
from app.features.appointments.policies import (
    OPEN,
    cancel_until,
    cancel_verdict,
    reschedule_until,
    why_not_reschedule,
)
from app.features.appointments.schemas_portal import PortalAppointmentOut
from app.repositories.seat_cards import OF_APPOINTMENT, OF_SEAT, SeatCard, seat_card

SHOWN = tuple(
    name
    for name in (*OF_APPOINTMENT, *OF_SEAT)
    if not name.startswith("location_") and name != "seats_taken"
)


async def own(mine: ClientSide, appointment_id: UUID) -> PortalAppointmentOut:
    """The caller's appointment; NotFound for anybody else's."""
    return seat_out(
        await seat_card(mine.session, mine.workspace_id, mine.contact_id, appointment_id)
    )


def seat_out(card: SeatCard) -> PortalAppointmentOut:
    """A client's appointment as the API gives it."""
    return PortalAppointmentOut.model_construct(**seat_fields(card))


def seat_fields(card: SeatCard) -> dict[str, Any]:
    """The members of a PortalAppointmentOut."""
    return {
        **{name: getattr(card, name) for name in SHOWN},
        "name": card.name,
        "description": card.description,
        "coach_name": card.coach_name,
        "time_zone": card.time_zone,
        "coach_time_zone": card.coach_time_zone,
        "location": place_out(card),
        "seats_left": card.capacity - card.seats_taken,
        **_choices(card, at=now()),
    }


def _choices(card: SeatCard, *, at: datetime) -> dict[str, Any]:
    """What the client may still do, and until when."""
    verdict = cancel_verdict(card, status=card.status, starts_at=card.starts_at, at=at)
    stuck = why_not_reschedule(card, reschedules=card.reschedules, starts_at=card.starts_at, at=at)
    return {
        "can_cancel": verdict != "closed",
        "cancel_until": cancel_until(card, card.starts_at),
        "can_reschedule": card.status in OPEN and stuck is None,
        "reschedule_until": reschedule_until(card, card.starts_at),
    }
