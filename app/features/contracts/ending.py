"""Contracts that come to nothing: taken back, refused, or left lying too long."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import publish
from app.features.contracts.clock import forget, watch
from app.features.contracts.drafting import require_status
from app.features.contracts.events import (
    ContractDeclined,
    ContractExpired,
    ContractVoided,
    about,
    named,
)
from app.features.contracts.turns import asked, left
from app.features.contracts.witnesses import THE_SYSTEM, Witness
from app.models import Contract, ContractSigner
from app.repositories.audiences import Audience
from app.repositories.contract_audit import record
from app.repositories.contracts import ContractRepository


async def void_contract(
    contracts: ContractRepository, contract: Contract, *, reason: str, witness: Witness
) -> None:
    """Take back what was sent; those who had been asked are told. Raises WrongContractState."""
    require_status(contract, "sent")
    signers = await contracts.signers(contract.id, lock=True)
    _end(contract, "voided", at=now(), reason=reason)
    data, session = {"reason": reason}, contracts.session
    record(session, contract, kind="voided", at=now(), actor=witness.told(), data=data)
    await session.flush()
    await forget(session, contract)
    facts = about(contract, witness.actor)
    await publish(session, ContractVoided(**facts, reason=reason, due=named(asked(signers))))


async def decline_contract(
    contracts: ContractRepository,
    contract: Contract,
    signer: ContractSigner,
    *,
    reason: str,
    witness: Witness,
) -> None:
    """Refuse to sign: nobody can any longer, and the coach is told."""
    at, session = now(), contracts.session
    signer.status, signer.declined_at = "declined", at
    _end(contract, "declined", at=at, reason=reason)
    told = witness.told(signer)
    record(session, contract, kind="declined", at=at, actor=told, data={"reason": reason})
    await session.flush()
    await forget(session, contract)
    facts = about(contract, witness.actor)
    await publish(session, ContractDeclined(**facts, signer=signer.name, reason=reason))


async def look_whether_over(session: AsyncSession, workspace_id: UUID, contract_id: UUID) -> None:
    """What the job does at the end of a contract's time."""
    contracts = ContractRepository(session, Audience.team(workspace_id))
    try:
        contract = await contracts.require(contract_id, lock=True)
    except NotFound:
        return
    if contract.status != "sent" or contract.expires_at is None:
        return
    signers = await contracts.signers(contract.id, lock=True)
    if contract.expires_at > now():
        await watch(session, contract, signers)
        return
    await _expire(contracts, contract, signers)


async def _expire(
    contracts: ContractRepository, contract: Contract, signers: list[ContractSigner]
) -> None:
    session, had_been_asked = contracts.session, asked(signers)
    for signer in left(signers):
        signer.status = "expired"
    _end(contract, "expired", at=now(), reason=None)
    actor = THE_SYSTEM.told()
    record(session, contract, kind="expired", at=now(), actor=actor, data={})
    await session.flush()
    await forget(session, contract)
    facts = about(contract, THE_SYSTEM.actor)
    await publish(
        session, ContractExpired(**facts, expires_at=contract.expires_at, due=named(had_been_asked))
    )


def _end(contract: Contract, status: str, *, at: datetime, reason: str | None) -> None:
    contract.status, contract.ended_at, contract.end_reason = status, at, reason
