"""What contracts keep in the store."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contract


async def contract_keys(session: AsyncSession, workspace_id: UUID) -> set[str]:
    """The keys of a practice's contracts: what they were made of, was signed, and is sealed."""
    rows = await session.execute(
        select(Contract.source_key, Contract.document_key, Contract.sealed_key).where(
            Contract.workspace_id == workspace_id
        )
    )
    return {key for row in rows for key in row if key}
