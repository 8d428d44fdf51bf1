"""The end everybody wants: all have signed, the worker seals the document, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import publish
from app.core.jobs import enqueue
from app.features.contracts.drafting import require_status
from app.features.contracts.events import ContractCompleted, about, named
from app.features.contracts.jobs import seal_job
from app.features.contracts.witnesses import THE_SYSTEM
from app.models import (
    Contract,
    ContractAudit,
    ContractField,
    ContractSignature,
    ContractSigner,
)
from app.repositories.audiences import Audience
from app.repositories.contract_audit import entries_of, record
from app.repositories.contracts import ContractRepository

LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOrder:
    """All that the completed document shows, as it was read."""

    contract: Contract
    signers: Sequence[ContractSigner]
    fields: Sequence[ContractField]
    signatures: Sequence[ContractSignature]
    entries: Sequence[ContractAudit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The completed document in the store: its key, its size in bytes and digest in hex."""

    key: str
    size: int
    sha256: str


async def ask_again(contracts: ContractRepository, contract: Contract) -> None:
    """Have it sealed again that everybody signed; what is sealed stays.

    Raises WrongContractState (409).
    """
    require_status(contract, "completing", "completed")
    if contract.status == "completing":
        await enqueue(contracts.session, seal_job(contract))


async def order_of(session: AsyncSession, practice: UUID, contract_id: UUID) -> SealOrder | None:
    """What is to be sealed; None when it was sealed already."""
    contracts = ContractRepository(session, Audience.team(practice))
    try:
        contract = await contracts.require(contract_id)
    except NotFound:
        return None
    if contract.status != "completing":
        return None
    return SealOrder(
        contract=contract,
        signers=await contracts.signers(contract.id),
        fields=await contracts.fields(contract.id),
        signatures=await contracts.signatures(contract.id),
        entries=await entries_of(session, practice, contract.id),
    )


async def complete(
    session: AsyncSession, practice: UUID, contract_id: UUID, sealed: Sealed
) -> bool:
    """Make the sealed document the contract's, and send everybody their copy.

    False when another worker was quicker: then this one's object is nobody's.
    """
    contracts = ContractRepository(session, Audience.team(practice))
    contract = await contracts.require(contract_id, lock=True)
    if contract.status != "completing":
        return False
    contract.status, contract.ended_at, contract.last_error = "completed", now(), None
    contract.sealed_key, contract.sealed_size = sealed.key, sealed.size
    contract.sealed_sha256 = sealed.sha256
    signers = await contracts.signers(contract.id, lock=True)
    for copied in (one for one in signers if one.role == "cc"):
        copied.status, copied.notified_at = "notified", now()
    told, actor = {"sealed_sha256": sealed.sha256, "bytes": sealed.size}, THE_SYSTEM.told()
    record(session, contract, kind="completed", at=now(), actor=actor, data=told)
    await session.flush()
    facts = about(contract, THE_SYSTEM.actor)
    await publish(session, ContractCompleted(**facts, sha256=sealed.sha256, parties=named(signers)))
    return True


async def note_failure(
    session: AsyncSession, practice: UUID, contract_id: UUID, error: str
) -> None:
    """Keep why the last try failed, for the team to see."""
    contracts = ContractRepository(session, Audience.team(practice))
    try:
        contract = await contracts.require(contract_id, lock=True)
    except NotFound:
        return
    if contract.status == "completing":
        contract.last_error = error[:LONGEST_ERROR]
        await session.flush()
