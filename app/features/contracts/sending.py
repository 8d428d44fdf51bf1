"""Sending: what was printed is frozen with its digest, and those whose turn it is are asked."""

from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.audience import audience_of
from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.tokens import TokenMint, digest
from app.features.contracts.clock import watch
from app.features.contracts.emails import SIGN_TOKEN
from app.features.contracts.events import ContractNotSent, ContractSent, about, named
from app.features.contracts.failures import ContractChanged, WrongContractState
from app.features.contracts.paths import Maker
from app.features.contracts.preparing import Prepared, check, prepare
from app.features.contracts.printing import Printed, printed
from app.features.contracts.turns import ask_next
from app.features.contracts.witnesses import Witness
from app.models import Contract, ContractSigner
from app.repositories.contract_audit import record
from app.repositories.contracts import ContractRepository


async def send_contract(maker: Maker, contract_id: UUID) -> ContractRepository:
    """Freeze a draft and ask the first signers; it is printed while nothing is locked.

    Raises NotFound, WrongContractState and ContractChanged (409), VariablesMissing,
    ContractUnusable and DocumentUnusable (422).
    """
    audience, runtime = audience_of(maker.principal), maker.runtime
    state: str | None = None
    async with runtime.database.reading(audience.workspace_id) as session:
        try:
            prepared = await prepare(ContractRepository(session, audience), contract_id, at=now())
        except WrongContractState as refusal:
            state = str(refusal.extra["status_now"])
    if state:  # unless this very request was answered before
        await maker.work.begin([await maker.request.body()])
        raise WrongContractState(state)
    await check(prepared)
    made = await printed(runtime.print_shop, runtime.storage, prepared)
    if made.key != prepared.contract.source_key:
        maker.work.undo_with(partial(runtime.storage.delete, [made.key]))
    session = await maker.work.begin([await maker.request.body()])
    contracts = ContractRepository(session, audience)
    await freeze(contracts, prepared, made, witness=maker.witness, mint=runtime.mint)
    return contracts


async def freeze(
    contracts: ContractRepository,
    prepared: Prepared,
    made: Printed,
    *,
    witness: Witness,
    mint: TokenMint,
) -> Contract:
    """Make a draft what was printed of it, unless somebody changed it meanwhile.

    Raises WrongContractState and ContractChanged (409).
    """
    contract = await contracts.require(prepared.contract.id, lock=True)
    if contract.status != "draft":
        raise WrongContractState(contract.status)
    if contract.version != prepared.contract.version:
        raise ContractChanged
    at = now()
    contract.status, contract.sent_at, contract.last_error = "sent", at, None
    contract.document_key, contract.document_size = made.key, made.size
    contract.document_sha256 = made.sha256
    contracts.session.add_all(made.fields)
    signers = await contracts.signers(contract.id, lock=True)
    _introduce(signers, prepared, mint)
    due = ask_next(signers, at=at)
    facts = {"document_sha256": made.sha256, "bytes": made.size, "signers": _told(signers)}
    record(contracts.session, contract, kind="sent", at=at, actor=witness.told(), data=facts)
    await contracts.session.flush()
    await watch(contracts.session, contract, signers)
    await _tell(contracts.session, contract, due, witness)
    return contract


def _introduce(signers: list[ContractSigner], prepared: Prepared, mint: TokenMint) -> None:
    """Give signers the names that were printed, and those on the client's side their token."""
    printed_as = {signer.id: signer for signer in prepared.signers}
    for signer in signers:
        signer.name, signer.email = printed_as[signer.id].name, printed_as[signer.id].email
        if signer.role == "client":
            token = mint.derive(SIGN_TOKEN, signer.workspace_id, signer.id)
            signer.token_hash = digest(token)


def _told(signers: list[ContractSigner]) -> list[dict[str, str | int | None]]:
    return [
        {
            "id": str(signer.id),
            "role": signer.role,
            "order": signer.place,
            "name": signer.name,
            "email": signer.email,
        }
        for signer in signers
    ]


async def _tell(
    session: AsyncSession, contract: Contract, due: list[ContractSigner], witness: Witness
) -> None:
    event = ContractSent(
        **about(contract, witness.actor),
        message=contract.message,
        expires_at=contract.expires_at,
        due=named(due),
    )
    await publish(session, event)


async def not_sent(contracts: ContractRepository, contract_id: UUID, reason: str) -> None:
    """Tell the team that a draft could not be sent by itself, and why."""
    try:
        contract = await contracts.require(contract_id, lock=True)
    except NotFound:
        return
    if contract.status != "draft":
        return
    contract.last_error = reason
    await contracts.session.flush()
    await publish(contracts.session, ContractNotSent(**about(contract, SYSTEM), reason=reason))
