"""Appointments in order of their start, page by page."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.fields import Instant
from app.core.paging import Page, cut_page, decode_cursor
from app.features.appointments.answers import appointment_out
from app.features.appointments.answers_portal import seat_out
from app.features.appointments.paths import ClientSide
from app.features.appointments.schemas import AppointmentOut, AppointmentQuery
from app.features.appointments.schemas_portal import PortalAppointmentOut, PortalAppointmentQuery
from app.repositories.appointment_cards import appointment_cards
from app.repositories.seat_cards import seat_cards

ORDERING = {"cursor", "limit", "sort", "when"}


async def list_appointments(
    session: AsyncSession, workspace_id: UUID, query: AppointmentQuery
) -> Page[AppointmentOut]:
    """A page of the practice's appointments."""
    cards = await appointment_cards(
        session,
        workspace_id,
        query.model_dump(exclude=ORDERING, exclude_none=True),
        descending=query.sort.startswith("-"),
        after=_position(query),
        limit=query.limit,
    )
    key = query.sort
    page = cut_page(cards, limit=query.limit, sort=key, key=lambda card: (card.starts_at, card.id))
    return Page[AppointmentOut].model_construct(
        data=[appointment_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def list_own(mine: ClientSide, query: PortalAppointmentQuery) -> Page[PortalAppointmentOut]:
    """A page of the client's own appointments."""
    cards = await seat_cards(
        mine.session,
        mine.workspace_id,
        mine.contact_id,
        when=query.when,
        wanted=query.model_dump(exclude=ORDERING, exclude_none=True),
        descending=query.sort.startswith("-"),
        after=_position(query),
        limit=query.limit,
    )
    page = cut_page(
        cards,
        limit=query.limit,
        sort=query.sort,
        key=lambda card: (card.starts_at, card.seat_id),
    )
    return Page[PortalAppointmentOut].model_construct(
        data=[seat_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: AppointmentQuery | PortalAppointmentQuery) -> tuple[Any, ...] | None:
    if query.cursor is None:
        return None
    return decode_cursor(query.cursor, sort=query.sort, shape=tuple[Instant, UUID])
