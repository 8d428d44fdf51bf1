"""What a client is told inside the portal."""

from typing import Annotated

from fastapi import Depends, Query

from app.access.callers import client_side
from app.core.paging import Page
from app.core.strict_route import api_router
from app.features.notifications import inbox
from app.features.notifications.inbox import NotificationId, Notifications
from app.features.notifications.inbox_schemas import (
    NotificationCountsOut,
    NotificationOut,
    NotificationQuery,
    ReadAllIn,
)

router = api_router("/v1/portal/notifications", "notifications")

CLIENT = Depends(client_side)


@router.get("", dependencies=[CLIENT])
async def list_portal_notifications(
    query: Annotated[NotificationQuery, Query()], notifications: Notifications
) -> Page[NotificationOut]:
    """The caller's own notifications, newest first; each is the same as one of their e-mails."""
    return await inbox.list_notifications(notifications, query)


@router.get("/counts", dependencies=[CLIENT])
async def count_portal_notifications(notifications: Notifications) -> NotificationCountsOut:
    """How many wait to be read."""
    return await inbox.counts(notifications)


@router.post("/read-all", dependencies=[CLIENT])
async def read_all_portal_notifications(
    body: ReadAllIn, notifications: Notifications
) -> NotificationCountsOut:
    """Mark what was on the screen as read; what has come since stays unread."""
    return await inbox.read_all(notifications, body.up_to)


@router.post("/{notification_id}/read", dependencies=[CLIENT])
async def read_portal_notification(
    notification_id: NotificationId, notifications: Notifications
) -> NotificationOut:
    """Mark one as read; a second time changes nothing."""
    return await inbox.mark(notifications, notification_id, read=True)


@router.post("/{notification_id}/unread", dependencies=[CLIENT])
async def unread_portal_notification(
    notification_id: NotificationId, notifications: Notifications
) -> NotificationOut:
    """Keep one to be read once more."""
    return await inbox.mark(notifications, notification_id, read=False)
