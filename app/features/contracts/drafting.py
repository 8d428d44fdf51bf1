"""Drafts: made, changed and thrown away, as long as nobody has been asked to sign them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.audience import audience_of
from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.features.contracts.casting import People, cast, placed
from app.features.contracts.events import (
    ContractCreated,
    ContractDeleted,
    ContractUpdated,
    about,
)
from app.features.contracts.failures import (
    ContractUnusable,
    LiveContractThere,
    WrongContractState,
)
from app.features.contracts.paths import Maker, Work
from app.features.contracts.schemas import ContractChanges, ContractIn, FieldIn, SignerIn
from app.features.contracts.sources import source_of
from app.models import Contract, ContractAudit, ContractField, ContractSigner
from app.repositories.contract_audit import next_entry, record
from app.repositories.contract_people import enrolled_in, partner, team_of
from app.repositories.contracts import ContractRepository

PLAIN = ("title", "message", "body", "variables", "expires_at")
ONE_LIVE = "contracts_one_live_per_enrollment_key"


@dataclass(frozen=True, slots=True)
class Made:
    """A new draft, among those the team sees."""

    contracts: ContractRepository
    contract_id: UUID


async def create_contract(maker: Maker, body: ContractIn) -> Made:
    """Make a draft; what it is made of is fetched before any transaction begins.

    Raises UnknownContact, UnknownEnrollment, UnknownTemplate, UnknownFile, DocumentUnusable and
    ContractUnusable (422), and LiveContractThere (409).
    """
    source = await source_of(maker, body)
    session = await maker.work.begin([await maker.request.body()])
    people = await _people(session, maker.principal.workspace_id, body.contact_id, maker)
    await _check_enrollment(session, maker, body)
    contract = Contract(
        workspace_id=maker.principal.workspace_id,
        id=new_id(),
        contact_id=body.contact_id,
        author_id=maker.principal.member_id,
        enrollment_id=body.enrollment_id,
        title=body.title or source.title,
        message=body.message,
        variables=body.variables,
        expires_at=body.expires_at,
        template_id=body.template_id,
        body=source.body,
        source_key=source.key,
        pages=source.pages,
        audit_seq=0,
        audit_head="",
    )
    signers = cast(contract, body.signers, people)
    fields = placed(contract, body.fields, signers)
    actor = maker.witness.told()
    told = {"title": contract.title}
    entry = next_entry(contract, kind="created", at=now(), actor=actor, data=told)
    await keep(session, contract, signers, [*fields, entry])
    await publish(session, ContractCreated(**about(contract, maker.principal.actor)))
    return Made(ContractRepository(session, audience_of(maker.principal)), contract.id)


async def keep(
    session: AsyncSession,
    contract: Contract,
    signers: list[ContractSigner],
    parts: list[ContractField | ContractAudit],
) -> None:
    """Keep a new contract, who signs it, and the rest. Raises LiveContractThere (409)."""
    try:
        session.add(contract)
        await session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == ONE_LIVE:
            raise LiveContractThere from None
        raise
    session.add_all(signers)
    await session.flush()
    session.add_all(parts)
    await session.flush()


async def _people(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID, maker: Maker | Work
) -> People:
    found = await partner(session, workspace_id, contact_id)
    if found is None:
        raise UnknownContact
    team = await team_of(session, workspace_id)
    return People(partner=found, team=team, author_id=maker.principal.member_id)


async def _check_enrollment(session: AsyncSession, maker: Maker, body: ContractIn) -> None:
    if body.enrollment_id is None:
        return
    asked = (maker.principal.workspace_id, body.contact_id, body.enrollment_id)
    if await enrolled_in(session, *asked, lock=True) is None:
        raise UnknownEnrollment


async def change_contract(work: Work, body: ContractChanges) -> None:
    """Give a draft other words, values, signers or fields.

    Raises WrongContractState (409) once it was sent, and ContractUnusable (422).
    """
    contract, session = work.contract, work.contracts.session
    require_status(contract, "draft")
    wanted = changes(body)
    _check_kind(contract, wanted)
    changed = [name for name in PLAIN if name in wanted and wanted[name] != getattr(contract, name)]
    for name in changed:
        setattr(contract, name, wanted[name])
    if "signers" in wanted or "fields" in wanted:
        await _replace_parts(work, body, wanted)
        changed += [name for name in ("signers", "fields") if name in wanted]
    if changed:
        actor, names = work.witness.told(), {"changed": sorted(changed)}
        record(session, contract, kind="changed", at=now(), actor=actor, data=names)
        await session.flush()
        facts = about(contract, work.principal.actor)
        await publish(session, ContractUpdated(**facts, changed=tuple(changed)))


def _check_kind(contract: Contract, wanted: dict[str, Any]) -> None:
    if contract.body is None and "body" in wanted:
        raise ContractUnusable([("/body", "uploaded", "An uploaded PDF has no text to change")])
    if contract.body is not None and wanted.get("fields"):
        raise ContractUnusable([("/fields", "templated", "The text marks its own places")])


async def _replace_parts(work: Work, body: ContractChanges, wanted: dict[str, Any]) -> None:
    contract, contracts = work.contract, work.contracts
    signers, fields = await contracts.signers(contract.id), body.fields
    if "fields" not in wanted:
        fields = _as_listed(await contracts.fields(contract.id), signers)
    if "signers" in wanted:
        listed: list[SignerIn] = body.signers
        practice = contract.workspace_id
        people = await _people(contracts.session, practice, contract.contact_id, work)
        signers = cast(contract, listed, people)
        await contracts.forget_signers(contract.id)
        contracts.session.add_all(signers)
    await contracts.forget_fields(contract.id)
    await contracts.session.flush()
    contracts.session.add_all(placed(contract, fields, signers))


def _as_listed(fields: list[ContractField], signers: list[ContractSigner]) -> list[FieldIn]:
    who = {signer.id: signer.who for signer in signers}
    names = [name for name in FieldIn.model_fields if name != "signer"]
    return [
        FieldIn(signer=who[one.signer_id], **{name: getattr(one, name) for name in names})
        for one in fields
    ]


async def delete_contract(work: Work) -> None:
    """Throw a draft away. Raises WrongContractState (409) for what was sent: void that."""
    require_status(work.contract, "draft")
    await publish(
        work.contracts.session,
        ContractDeleted(**about(work.contract, work.principal.actor)),
    )
    await work.contracts.delete(work.contract)


def require_status(contract: Contract, *allowed: str) -> None:
    """Raises WrongContractState (409) in any other state."""
    if contract.status not in allowed:
        raise WrongContractState(contract.status)
