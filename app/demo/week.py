"""A full week in the demo's calendar: the next seven days from tomorrow on."""

from datetime import timedelta

from app.core.clock import now
from app.demo.offers import Offers
from app.demo.people import CLIENT_PASSWORD
from app.demo.visitor import Visitor

APPOINTMENTS_A_DAY = 3
EVERY = 4
"""Slots from one appointment of a day to the next."""
IN_THE_CIRCLE = 3


async def fill_week(visitor: Visitor, offers: Offers) -> None:
    """Sessions on each working day, an evening of several, and a client's request that waits."""
    await _book_sessions(visitor, offers)
    await _gather(visitor, offers)
    await _ask(visitor, offers)


async def _book_sessions(visitor: Visitor, offers: Offers) -> None:
    """The enrolled clients in turn."""
    week = await _free(visitor, offers.coaching)
    starts = [start for day in week for start in day[: EVERY * APPOINTMENTS_A_DAY : EVERY]]
    clients = list(offers.enrolled.items())
    for number, starts_at in enumerate(starts):
        await _book(visitor, offers.coaching, clients[number % len(clients)], starts_at)


async def _free(visitor: Visitor, type_id: str) -> list[list[str]]:
    """The starts that can be booked, day by day."""
    tomorrow = now().date() + timedelta(days=1)
    week = {"from": tomorrow.isoformat(), "to": (tomorrow + timedelta(days=7)).isoformat()}
    days = (await visitor.get("/v1/slots", appointment_type_id=type_id, **week))["days"]
    return [[slot["starts_at"] for slot in day["slots"]] for day in days]


async def _book(visitor: Visitor, type_id: str, client: tuple[str, str], starts_at: str) -> None:
    contact_id, enrollment_id = client
    await visitor.post(
        "/v1/appointments",
        {
            "appointment_type_id": type_id,
            "contact_id": contact_id,
            "enrollment_id": enrollment_id,
            "starts_at": starts_at,
        },
    )


async def _gather(visitor: Visitor, offers: Offers) -> None:
    """Some clients in one evening of the circle; there are seats left."""
    [evening, *_] = await _free(visitor, offers.circle)
    for client in list(offers.enrolled.items())[:IN_THE_CIRCLE]:
        await _book(visitor, offers.circle, client, evening[0])


async def _ask(visitor: Visitor, offers: Offers) -> None:
    """A client asks for a call; the coach has yet to say yes."""
    [day, *_] = await _free(visitor, offers.call)
    contact_id, enrollment_id = next(iter(offers.enrolled.items()))
    await visitor.post(
        "/v1/portal/appointments",
        {
            "appointment_type_id": offers.call,
            "enrollment_id": enrollment_id,
            "starts_at": day[0],
            "note": "It is about the offer I told you of.",
        },
        headers=await visitor.sign_in(contact_id, CLIENT_PASSWORD),
    )
