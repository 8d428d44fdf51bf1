"""The log of a contract: written in the transaction of what it tells, read to be checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.hash_chains import chained, first_broken, instant
from app.core.ids import new_id
from app.models import Contract, ContractAudit


def record(
    session: AsyncSession,
    contract: Contract,
    *,
    kind: str,
    at: datetime,
    actor: Mapping[str, Any],
    data: Mapping[str, Any],
) -> None:
    """Add an entry to the log of a contract whose row is locked."""
    session.add(next_entry(contract, kind=kind, at=at, actor=actor, data=data))


def next_entry(
    contract: Contract,
    *,
    kind: str,
    at: datetime,
    actor: Mapping[str, Any],
    data: Mapping[str, Any],
) -> ContractAudit:
    """The entry that comes after the last one, which it becomes itself."""
    contract.audit_seq = (contract.audit_seq or 0) + 1
    entry = ContractAudit(
        workspace_id=contract.workspace_id,
        id=new_id(),
        contract_id=contract.id,
        seq=contract.audit_seq,
        at=at,
        type=kind,
        actor=dict(actor),
        data=dict(data),
        prev_hash=contract.audit_head or "",
    )
    entry.hash = chained(told(entry), entry.prev_hash)
    contract.audit_head = entry.hash
    return entry


def told(entry: ContractAudit) -> dict[str, Any]:
    """What an entry's hash covers, beside the hash before it."""
    return {
        "contract_id": str(entry.contract_id),
        "seq": entry.seq,
        "at": instant(entry.at),
        "type": entry.type,
        "actor": entry.actor,
        "data": entry.data,
    }


async def entries_of(
    session: AsyncSession, workspace_id: UUID, contract_id: UUID
) -> Sequence[ContractAudit]:
    """The whole log, the first entry first."""
    found = select(ContractAudit).where(
        ContractAudit.workspace_id == workspace_id, ContractAudit.contract_id == contract_id
    )
    return (await session.scalars(found.order_by(ContractAudit.seq))).all()


def broken_at(contract: Contract, entries: Sequence[ContractAudit]) -> int | None:
    """The number of the first entry that was altered or is missing; None while the log holds."""
    chain = [(told(entry), entry.prev_hash, entry.hash) for entry in entries]
    return first_broken(chain, length=contract.audit_seq, head=contract.audit_head)
