"""Notifications nobody needs any longer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Notification

KEPT = timedelta(days=180)
AT_MOST = 10_000
"""Rows of a practice a sweep deletes: what is left waits for the next."""

FORGET = text("""
DELETE FROM notifications WHERE workspace_id = :workspace_id AND id IN (
  SELECT id FROM notifications
  WHERE workspace_id = :workspace_id AND created_at < :before
  ORDER BY created_at LIMIT :at_most)
""").bindparams(bindparam("workspace_id", type_=Uuid()))


async def practices_with_old_notifications(session: AsyncSession, at: datetime) -> Sequence[UUID]:
    """Where there is something to forget; only without row-level security."""
    old = select(Notification.workspace_id).where(Notification.created_at < at - KEPT)
    return (await session.scalars(old.group_by(Notification.workspace_id))).all()


async def forget_notifications(session: AsyncSession, workspace_id: UUID, at: datetime) -> None:
    """Delete a practice's notifications of more than half a year, read or not."""
    values = {"workspace_id": workspace_id, "before": at - KEPT, "at_most": AT_MOST}
    await session.execute(FORGET, values)
