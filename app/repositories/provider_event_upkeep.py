"""What providers told long ago: they repeat themselves for days, not for months."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ProviderEvent

KEPT = timedelta(days=90)


async def practices_with_old_provider_events(session: AsyncSession, at: datetime) -> Sequence[UUID]:
    """Where there is something to forget; only without row-level security."""
    old = select(ProviderEvent.workspace_id).where(ProviderEvent.created_at < at - KEPT)
    return (await session.scalars(old.group_by(ProviderEvent.workspace_id))).all()


async def forget_provider_events(session: AsyncSession, workspace_id: UUID, at: datetime) -> None:
    """Delete a practice's of more than three months."""
    await session.execute(
        delete(ProviderEvent).where(
            ProviderEvent.workspace_id == workspace_id, ProviderEvent.created_at < at - KEPT
        )
    )
