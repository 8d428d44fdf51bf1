"""Contacts in order, page by page, and how many there are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.core.fields import Instant
from app.core.paging import Page, cut_page, decode_cursor
from app.features.contacts.answers import contact_out
from app.features.contacts.schemas import ContactOut
from app.features.contacts.schemas_lists import (
    ContactCountQuery,
    ContactCounts,
    ContactQuery,
    TagList,
    TagOut,
)
from app.models.contacts import PORTAL_STATUSES
from app.repositories.contact_cards import ContactCard
from app.repositories.contacts import ContactRepository

SHAPES: dict[str, type[tuple[Any, ...]]] = {
    "created_at": tuple[UUID],
    "name": tuple[str, UUID],
    "last_active_at": tuple[Instant, UUID],
}
KEYS: dict[str, Callable[[ContactCard], tuple[Any, ...]]] = {
    "created_at": lambda card: (card.id,),
    "name": lambda card: (card.sort_name, card.id),
    "last_active_at": lambda card: (card.activity, card.id),
}
"""What each order's cursor holds."""

MOST_TAGS = 1000


async def list_contacts(contacts: ContactRepository, query: ContactQuery) -> Page[ContactOut]:
    """A page of contacts in the order asked for."""
    order = query.sort.removeprefix("-")
    cards = await contacts.page(
        query.filter(),
        sort=order,
        descending=query.sort.startswith("-"),
        after=_position(query, order),
        limit=query.limit,
    )
    page = cut_page(cards, limit=query.limit, sort=query.sort, key=KEYS[order])
    return Page[ContactOut].model_construct(
        data=[contact_out(card) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: ContactQuery, order: str) -> tuple[Any, ...] | None:
    if query.cursor is None:
        return None
    return decode_cursor(query.cursor, sort=query.sort, shape=SHAPES[order])


async def count_contacts(contacts: ContactRepository, query: ContactCountQuery) -> ContactCounts:
    """How many of these contacts are in each portal status."""
    found = await contacts.counts(query.filter())
    counts = {status: found.get(status, 0) for status in PORTAL_STATUSES}
    return ContactCounts(**counts, total=sum(found.values()))


async def list_tags(contacts: ContactRepository) -> TagList:
    """The tags in use, at most a thousand."""
    rows = await contacts.tags(most=MOST_TAGS)
    tags = [TagOut.model_construct(tag=row.tag, contacts=row.contacts) for row in rows]
    return TagList.model_construct(data=tags)
