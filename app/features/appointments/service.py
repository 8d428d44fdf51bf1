"""What routes ask for when something is booked, and the answers to it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.core.errors import Invalid, NotFound
from app.features.appointments.answers import appointment_fields, appointment_out
from app.features.appointments.answers_portal import seat_fields, seat_out
from app.features.appointments.booking import book
from app.features.appointments.paths import ClientSide
from app.features.appointments.placing import Place
from app.features.appointments.schemas import AppointmentIn, BookedOut, SeriesIn
from app.features.appointments.schemas_portal import PortalAppointmentIn, PortalBookedOut
from app.features.appointments.wishes import Wish
from app.repositories.appointment_cards import these_appointments
from app.repositories.contacts import ContactRepository
from app.repositories.seat_cards import these_seats

ONCE = SeriesIn.model_construct(count=1, every_weeks=1)


class NoSuchContact(Invalid):
    """`contact_id` names none of the practice's contacts."""

    code, title = "no_such_contact", "No such contact"

    def __init__(self) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": "/contact_id"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


async def book_for_client(
    session: AsyncSession, principal: Principal, body: AppointmentIn
) -> BookedOut:
    """Book for a contact. Raises NoSuchContact (422) and what `book` raises."""
    await _require_contact(session, principal.workspace_id, body.contact_id)
    series = body.series or ONCE
    wish = Wish(
        type_id=body.appointment_type_id,
        contact_id=body.contact_id,
        enrollment_id=body.enrollment_id,
        starts_at=body.starts_at,
        actor=principal.actor,
        count=series.count,
        every_weeks=series.every_weeks,
        override=body.override,
        note=body.note,
    )
    return await _booked(session, await book(session, principal.workspace_id, wish))


async def _require_contact(session: AsyncSession, workspace_id: UUID, contact_id: UUID) -> None:
    try:
        await ContactRepository(session, workspace_id).require(contact_id)
    except NotFound:
        raise NoSuchContact from None


async def _booked(session: AsyncSession, places: list[Place]) -> BookedOut:
    workspace_id = places[0].appointment.workspace_id
    ids = [appointment.id for appointment, _ in places]
    cards = await these_appointments(session, workspace_id, ids)
    series = [appointment_out(card) for card in cards] if len(cards) > 1 else None
    return BookedOut.model_construct(**appointment_fields(cards[0]), series=series)


async def book_own(mine: ClientSide, body: PortalAppointmentIn) -> PortalBookedOut:
    """Book for the client who calls. Raises what `book` raises."""
    series = body.series or ONCE
    wish = Wish(
        type_id=body.appointment_type_id,
        contact_id=mine.contact_id,
        enrollment_id=body.enrollment_id,
        starts_at=body.starts_at,
        actor=mine.principal.actor,
        count=series.count,
        every_weeks=series.every_weeks,
        hold_id=body.hold_id,
        note=body.note,
        time_zone=body.time_zone,
    )
    return await _booked_own(mine, await book(mine.session, mine.workspace_id, wish))


async def _booked_own(mine: ClientSide, places: list[Place]) -> PortalBookedOut:
    ids = [seat.id for _, seat in places]
    cards = await these_seats(mine.session, mine.workspace_id, mine.contact_id, ids)
    series = [seat_out(card) for card in cards] if len(cards) > 1 else None
    return PortalBookedOut.model_construct(**seat_fields(cards[0]), series=series)
