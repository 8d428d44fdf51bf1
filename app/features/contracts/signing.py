"""Signers at work: they open the document, agree to sign electronically, and sign, once each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.access.onboarding import Onboarding
from app.core.clock import now
from app.core.events import publish
from app.core.ids import new_id
from app.core.jobs import enqueue
from app.features.contracts.clock import follow, forget
from app.features.contracts.disclosure import CURRENT
from app.features.contracts.ending import decline_contract
from app.features.contracts.events import (
    ContractEvent,
    ContractSigned,
    ContractViewed,
    SignersAsked,
    about,
    named,
)
from app.features.contracts.failures import (
    ConsentMissing,
    DisclosureChanged,
    DocumentChanged,
    NotASigner,
    NotYourTurn,
    WrongContractState,
)
from app.features.contracts.jobs import seal_job
from app.features.contracts.marks import Mark, fill_in
from app.features.contracts.schemas_signing import ConsentIn, SignIn
from app.features.contracts.turns import ASKED, ask_next, left
from app.features.contracts.witnesses import THE_SYSTEM, Witness
from app.models import Contract, ContractSignature, ContractSigner
from app.repositories.contract_audit import record
from app.repositories.contracts import ContractRepository
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.zones import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A signer's part in a contract; the contract's row is locked, and then the signers'."""

    contracts: ContractRepository
    contract: Contract
    signers: list[ContractSigner]
    signer: ContractSigner
    witness: Witness


async def part_in(
    contracts: ContractRepository,
    contract_id: UUID,
    *,
    mine: Callable[[ContractSigner], bool],
    witness: Witness,
) -> Part:
    """The caller's part.

    Raises NotFound, WrongContractState (409) for a draft, and NotASigner (409) for who has none.
    """
    contract = await contracts.require(contract_id, lock=True)
    if contract.status == "draft":
        raise WrongContractState(contract.status)
    signers = await contracts.signers(contract.id, lock=True)
    own = next((one for one in signers if one.role != "cc" and mine(one)), None)
    if own is None:
        raise NotASigner
    return Part(
        contracts=contracts, contract=contract, signers=signers, signer=own, witness=witness
    )


def _check_turn(part: Part) -> None:
    """Raises WrongContractState and NotYourTurn (409)."""
    contract = part.contract
    if contract.status != "sent":
        raise WrongContractState(contract.status)
    if contract.expires_at and contract.expires_at <= now():
        raise WrongContractState("expired")
    if part.signer.status not in ASKED:
        raise NotYourTurn


async def view(part: Part) -> None:
    """Note that the document was opened, the first time."""
    if part.contract.status != "sent" or part.signer.status != "notified":
        return
    part.signer.status, part.signer.viewed_at = "viewed", now()
    await _log(part, "viewed", {})
    facts = about(part.contract, part.witness.actor)
    await publish(part.contracts.session, ContractViewed(**facts, signer=part.signer.name))


async def consent(part: Part, body: ConsentIn) -> None:
    """Agree to sign electronically; a second time changes nothing.

    Raises WrongContractState, NotYourTurn and DisclosureChanged (409).
    """
    signer = part.signer
    if signer.status == "signed":
        return
    _check_turn(part)
    if body.disclosure_sha256 != CURRENT.sha256:
        raise DisclosureChanged
    if signer.status == "consented" and signer.disclosure_sha256 == CURRENT.sha256:
        return
    signer.viewed_at = signer.viewed_at or now()
    signer.status, signer.consented_at = "consented", now()
    signer.disclosure_version, signer.disclosure_sha256 = CURRENT.version, CURRENT.sha256
    told = {"disclosure_version": CURRENT.version, "disclosure_sha256": CURRENT.sha256}
    await _log(part, "consented", told)


async def decline(part: Part, reason: str) -> None:
    """Refuse to sign. Raises WrongContractState and NotYourTurn (409)."""
    _check_turn(part)
    await decline_contract(
        part.contracts, part.contract, part.signer, reason=reason, witness=part.witness
    )


async def sign(part: Part, body: SignIn, mark: Mark, *, onboarding: Onboarding) -> None:
    """Sign, once: whoever has signed already is answered with what there is.

    Raises WrongContractState, NotYourTurn, ConsentMissing and DocumentChanged (409), and
    FieldsMissing (422).
    """
    signer, contract, at = part.signer, part.contract, now()
    if signer.status == "signed":
        return
    _check_turn(part)
    if signer.status != "consented":
        raise ConsentMissing
    if body.document_sha256 != contract.document_sha256:
        raise DocumentChanged
    await _fill_in(part, body, at)
    signer.status, signer.signed_at = "signed", at
    part.contracts.session.add(_signature(part, mark))
    told = {"method": mark.method, "document_sha256": body.document_sha256}
    await _log(part, "signed", told)
    await _go_on(part, at)
    await _tell_onboarding(part, onboarding)


async def _fill_in(part: Part, body: SignIn, at: datetime) -> None:
    zone = await zone_of(
        part.contracts.session, part.contract.workspace_id, part.contract.contact_id
    )
    fields = await part.contracts.fields(part.contract.id)
    fill_in(fields, part.signer, body.fields, at=at, time_zone=zone)


def _signature(part: Part, mark: Mark) -> ContractSignature:
    return ContractSignature(
        workspace_id=part.contract.workspace_id,
        id=new_id(),
        contract_id=part.contract.id,
        signer_id=part.signer.id,
        method=mark.method,
        typed=mark.typed,
        image=mark.image,
        document_sha256=part.contract.document_sha256 or "",
    )


async def _go_on(part: Part, at: datetime) -> None:
    """Ask those who come next; after the last one, have the document sealed."""
    contract, session = part.contract, part.contracts.session
    waiting, due = left(part.signers), ask_next(part.signers, at=at)
    if due:
        told = {"signers": [str(one.id) for one in due]}
        record(session, contract, kind="asked", at=at, actor=THE_SYSTEM.told(), data=told)
    if waiting:
        await follow(session, contract, part.signers)
    else:
        contract.status = "completing"
        await session.flush()
        await forget(session, contract)
        await enqueue(session, seal_job(contract))
    await publish(session, *_news(part, due, left=len(waiting)))


def _news(part: Part, due: list[ContractSigner], *, left: int) -> Iterator[ContractEvent]:
    contract, facts = part.contract, about(part.contract, part.witness.actor)
    yield ContractSigned(**facts, signer=part.signer.name, left=left)
    if due:
        yield SignersAsked(
            **facts,
            message=contract.message,
            expires_at=contract.expires_at,
            due=named(due),
        )


async def _tell_onboarding(part: Part, onboarding: Onboarding) -> None:
    """An enrollment that waits for the client's signature waits no longer."""
    contract, session = part.contract, part.contracts.session
    if contract.enrollment_id is None or part.signer.role != "client":
        return
    enrollments = EnrollmentRepository(session, contract.workspace_id)
    enrollment = await enrollments.require(contract.enrollment_id, lock=True)
    await onboarding.advance(session, enrollment, actor=part.witness.actor)


async def _log(part: Part, kind: str, data: Mapping[str, Any]) -> None:
    actor, session = part.witness.told(part.signer), part.contracts.session
    record(session, part.contract, kind=kind, at=now(), actor=actor, data=data)
    await session.flush()
