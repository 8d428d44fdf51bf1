"""What a member of the team is told inside the coach's app."""

from typing import Annotated

from fastapi import Depends, Query

from app.access.callers import PeopleOnly, requires
from app.access.permissions import Permission
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.notifications import inbox
from app.features.notifications.inbox import NotificationId, Notifications
from app.features.notifications.inbox_schemas import (
    NotificationCountsOut,
    NotificationOut,
    NotificationQuery,
    ReadAllIn,
)

router = api_router("/v1/notifications", "notifications")

READER = Depends(requires(Permission.NOTIFICATIONS_READ))
WRITER = Depends(requires(Permission.NOTIFICATIONS_WRITE))


@router.get("", dependencies=[READER], responses=problems(PeopleOnly))
async def list_notifications(
    query: Annotated[NotificationQuery, Query()], notifications: Notifications
) -> Page[NotificationOut]:
    """The caller's own notifications, newest first; each is the same as one of their e-mails."""
    return await inbox.list_notifications(notifications, query)


@router.get("/counts", dependencies=[READER], responses=problems(PeopleOnly))
async def count_notifications(notifications: Notifications) -> NotificationCountsOut:
    """How many wait to be read."""
    return await inbox.counts(notifications)


@router.post("/read-all", dependencies=[WRITER], responses=problems(PeopleOnly))
async def read_all_notifications(
    body: ReadAllIn, notifications: Notifications
) -> NotificationCountsOut:
    """Mark what was on the screen as read; what has come since stays unread."""
    return await inbox.read_all(notifications, body.up_to)


@router.post("/{notification_id}/read", dependencies=[WRITER], responses=problems(PeopleOnly))
async def read_notification(
    notification_id: NotificationId, notifications: Notifications
) -> NotificationOut:
    """Mark one as read; a second time changes nothing."""
    return await inbox.mark(notifications, notification_id, read=True)


@router.post("/{notification_id}/unread", dependencies=[WRITER], responses=problems(PeopleOnly))
async def unread_notification(
    notification_id: NotificationId, notifications: Notifications
) -> NotificationOut:
    """Keep one to be read once more."""
    return await inbox.mark(notifications, notification_id, read=False)
