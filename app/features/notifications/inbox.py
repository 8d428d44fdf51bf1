"""Looking through one's notifications, and saying what was read."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.inboxes import OwnInbox
from app.core.fields import Int8
from app.core.paging import Page, cut_page, decode_cursor
from app.features.notifications.inbox_schemas import (
    NotificationCountsOut,
    NotificationOut,
    NotificationQuery,
)
from app.repositories.notifications import NotificationCard, NotificationRepository

ORDER = "newest_first"

NotificationId = Annotated[UUID, Path(alias="notification_id")]


async def own_notifications(inbox: OwnInbox) -> NotificationRepository:
    """The caller's own, and nobody else's."""
    return NotificationRepository(inbox.session, inbox.workspace_id, inbox.holder.id)


Notifications = Annotated[NotificationRepository, Depends(own_notifications)]


async def list_notifications(
    notifications: NotificationRepository, query: NotificationQuery
) -> Page[NotificationOut]:
    """A page of them, newest first."""
    filters = {"unread": query.unread, "type": query.type, "before": _position(query)}
    rows = await notifications.page(filters, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row["number"],))
    return Page[NotificationOut].model_construct(
        data=[notification_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def notification_out(card: NotificationCard) -> NotificationOut:
    """A notification as the API gives it."""
    return NotificationOut.model_construct(
        **{name: card[name] for name in NotificationOut.model_fields}
    )


def _position(query: NotificationQuery) -> int | None:
    if query.cursor is None:
        return None
    number: int = decode_cursor(query.cursor, sort=ORDER, shape=tuple[Int8])[0]
    return number


async def mark(
    notifications: NotificationRepository, notification_id: UUID, *, read: bool
) -> NotificationOut:
    """Say that one was read, or is to be read once more. Raises NotFound."""
    await notifications.mark(notification_id, read=read)
    return notification_out(await notifications.card(notification_id))


async def counts(notifications: NotificationRepository) -> NotificationCountsOut:
    """How many wait to be read."""
    return NotificationCountsOut.model_construct(unread=await notifications.unread())


async def read_all(notifications: NotificationRepository, up_to: UUID) -> NotificationCountsOut:
    """Say that all up to this one were read; those that came since stay unread."""
    await notifications.read_all(up_to)
    return await counts(notifications)
