"""E-mails and events, page by page."""

from uuid import UUID

from app.core.paging import Page, cut_page, decode_cursor
from app.features.notifications.schemas import (
    EmailOut,
    EmailQuery,
    EventActor,
    EventOut,
    EventQuery,
)
from app.repositories.event_log import EventLog, EventRow
from app.repositories.outbox import EmailSummary, Outbox

NEWEST_FIRST = "-created_at"


async def list_emails(outbox: Outbox, query: EmailQuery) -> Page[EmailOut]:
    """A page of e-mails, newest first."""
    filters = query.model_dump(exclude={"cursor", "limit"})
    filters["before"] = _position(query.cursor, NEWEST_FIRST)
    rows = await outbox.page(filters, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=NEWEST_FIRST, key=lambda row: (row["id"],))
    return Page[EmailOut].model_construct(
        data=[email_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def email_out(row: EmailSummary) -> EmailOut:
    """An e-mail as the API gives it."""
    return EmailOut.model_construct(**row)


async def list_events(log: EventLog, query: EventQuery) -> Page[EventOut]:
    """A page of the log, in the order asked for."""
    filters = query.model_dump(exclude={"cursor", "limit", "sort"})
    descending = query.sort == NEWEST_FIRST
    if position := _position(query.cursor, query.sort):
        filters["before" if descending else "after"] = position
    rows = await log.page(filters, descending=descending, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=query.sort, key=lambda row: (row.id,))
    return Page[EventOut].model_construct(
        data=[event_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def event_out(row: EventRow) -> EventOut:
    """An event as the API gives it."""
    return EventOut.model_construct(
        id=row.id,
        type=row.type,
        actor=EventActor.model_construct(kind=row.actor_kind, id=row.actor_id),
        contact_id=row.contact_id,
        subject_id=row.subject_id,
        data=row.data,
        created_at=row.created_at,
    )


def _position(cursor: str | None, sort: str) -> UUID | None:
    if cursor is None:
        return None
    position: UUID = decode_cursor(cursor, sort=sort, shape=tuple[UUID])[0]
    return position
