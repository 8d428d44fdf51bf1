"""Coaches as what bookings queue up behind."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Member

LOCK = (
    select(Member.removed_at.is_(None))
    .where(
        Member.workspace_id == bindparam("workspace_id"),
        Member.id == bindparam("coach_id"),
    )
    .with_for_update(key_share=True)
)


async def lock_coach(session: AsyncSession, workspace_id: UUID, coach_id: UUID | None) -> bool:
    """Let others who change this coach's diary or hours wait until this transaction ends.

    False when this is no present member of the practice. The lock (FOR NO KEY UPDATE) comes
    first in every such transaction: without it two weekly series deadlock.
    """
    values = {"workspace_id": workspace_id, "coach_id": coach_id}
    return bool(await session.scalar(LOCK, values))
