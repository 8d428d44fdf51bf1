"""Completed contracts, as far as whoever holds a copy may know of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contract, ContractSigner, Workspace

SEALED = (
    select(
        Contract.id,
        Contract.title,
        Contract.sealed_sha256,
        Contract.ended_at,
        Workspace.name.label("practice"),
        select(func.array_agg(ContractSigner.name))
        .where(
            ContractSigner.workspace_id == Contract.workspace_id,
            ContractSigner.contract_id == Contract.id,
            ContractSigner.role != "cc",
        )
        .correlate(Contract)
        .scalar_subquery()
        .label("signers"),
    )
    .join(Workspace, Workspace.workspace_id == Contract.workspace_id)
    .where(
        and_(
            Contract.workspace_id == bindparam("workspace_id"),
            Contract.id == bindparam("contract_id"),
            Contract.status == "completed",
        )
    )
)

SealedContract = Row[*tuple[Any, ...]]
"""id, title, sealed_sha256, ended_at, practice and the signers' names."""


async def sealed_contract(
    session: AsyncSession, workspace_id: UUID, contract_id: UUID
) -> SealedContract | None:
    """A completed contract; None for any other id."""
    values = {"workspace_id": workspace_id, "contract_id": contract_id}
    return (await session.execute(SEALED, values)).one_or_none()
