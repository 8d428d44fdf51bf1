"""All logs of all contracts, to be checked at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contract, WorkspaceListing
from app.repositories.contract_audit import broken_at, entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AlteredLog:
    """A contract whose log does not hold, and the first entry that doesn't fit."""

    workspace_id: UUID
    contract_id: UUID
    title: str
    broken_at: int


async def all_practices(session: AsyncSession) -> Sequence[UUID]:
    """Every practice there is."""
    return (await session.scalars(select(WorkspaceListing.workspace_id))).all()


async def altered_logs(session: AsyncSession, workspace_id: UUID) -> tuple[int, list[AlteredLog]]:
    """How many logs a practice has, and those that were altered."""
    contracts = select(Contract).where(Contract.workspace_id == workspace_id)
    checked, altered = 0, list[AlteredLog]()
    for contract in await session.scalars(contracts.order_by(Contract.id)):
        entries = await entries_of(session, workspace_id, contract.id)
        broken, checked = broken_at(contract, entries), checked + 1
        if broken is not None:
            altered.append(
                AlteredLog(
                    workspace_id=workspace_id,
                    contract_id=contract.id,
                    title=contract.title,
                    broken_at=broken,
                )
            )
    return checked, altered
