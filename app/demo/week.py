"""A full week in the demo's calendar: the next seven days from tomorrow on."""

from datetime import timedelta

from app.core.clock import now
from app.demo.offers import Offers
from app.demo.visitor import Visitor

APPOINTMENTS_A_DAY = 3
EVERY = 4
"""Slots from one appointment of a day to the next."""


async def fill_week(visitor: Visitor, offers: Offers) -> None:
    """Book the enrolled clients in turn, three of them on each working day."""
    tomorrow = now().date() + timedelta(days=1)
    week = await visitor.get(
        "/v1/slots",
        appointment_type_id=offers.coaching,
        **{"from": tomorrow.isoformat(), "to": (tomorrow + timedelta(days=7)).isoformat()},
    )
    starts = [
        slot["starts_at"]
        for day in week["days"]
        for slot in day["slots"][: EVERY * APPOINTMENTS_A_DAY : EVERY]
    ]
    clients = list(offers.enrolled.items())
    for number, starts_at in enumerate(starts):
        contact_id, enrollment_id = clients[number % len(clients)]
        await visitor.post(
            "/v1/appointments",
            {
                "appointment_type_id": offers.coaching,
                "contact_id": contact_id,
                "enrollment_id": enrollment_id,
                "starts_at": starts_at,
            },
        )
