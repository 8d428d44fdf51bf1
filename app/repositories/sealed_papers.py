"""Sealed documents that letters carry, by the event that tells of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import RecordedEvent
from app.models import Contract
from app.repositories.casts import Paper


async def sealed_contracts(
    session: AsyncSession, workspace_id: UUID, events: Sequence[RecordedEvent]
) -> Mapping[UUID, Paper]:
    """The completed documents of those of these events that tell of one; one statement."""
    wanted = {event.subject_id: event.id for event in events if event.type == "contract.completed"}
    if not wanted:
        return {}
    rows = await session.execute(
        select(Contract.id, Contract.title, Contract.sealed_key, Contract.sealed_size).where(
            Contract.workspace_id == workspace_id,
            Contract.id.in_(wanted),
            Contract.sealed_key.is_not(None),
        )
    )
    return {
        wanted[row.id]: Paper(title=row.title, storage_key=row.sealed_key, size=row.sealed_size)
        for row in rows
    }
