"""From a draft to what can be signed: everything it needs is gathered, and checked."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.access.merge_variables import values_for
from app.core.documents.markdown_documents import Party
from app.core.documents.markdown_tree import Findings, variables_in
from app.core.fields import normalise_email
from app.features.contracts.failures import (
    ContractUnusable,
    Problem,
    VariablesMissing,
    WrongContractState,
)
from app.models import Contract, ContractField, ContractSigner
from app.repositories.contract_people import Partner, TeamMember, enrolled_in, partner, team_of
from app.repositories.contracts import ContractRepository

SIGNING = frozenset({"client", "coach"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A draft as it was read: detached, to be printed while nothing is locked."""

    contract: Contract
    signers: Sequence[ContractSigner]
    fields: Sequence[ContractField]
    values: Mapping[str, str]
    partner: Partner
    at: datetime

    @property
    def signing(self) -> list[ContractSigner]:
        """Those who sign."""
        return [signer for signer in self.signers if signer.role in SIGNING]

    @property
    def parties(self) -> list[Party]:
        """The same, as the document calls them."""
        return [Party(signer.who, signer.name) for signer in self.signing]


async def prepare(contracts: ContractRepository, contract_id: UUID, *, at: datetime) -> Prepared:
    """Gather what a draft is made of; signers are called what they are called now.

    Raises NotFound, and WrongContractState (409) for what was sent already.
    """
    session, practice = contracts.session, contracts.workspace_id
    contract = await contracts.require(contract_id)
    if contract.status != "draft":
        raise WrongContractState(contract.status)
    signers, fields = await contracts.signers(contract.id), await contracts.fields(contract.id)
    with_whom = await partner(session, practice, contract.contact_id)
    if with_whom is None:
        raise LookupError(f"contract {contract.id} is with nobody")
    team = {one.id: one for one in await team_of(session, practice)}
    program_id = None
    if contract.enrollment_id:
        program_id = await enrolled_in(
            session, practice, contract.contact_id, contract.enrollment_id
        )
    known = await values_for(
        session, practice, contact_id=contract.contact_id, program_id=program_id, at=at
    )
    session.expunge_all()  # nothing that is set here is meant to be kept
    _rename(signers, with_whom, team)
    return Prepared(
        contract=contract,
        signers=signers,
        fields=fields,
        values=known | contract.variables,
        partner=with_whom,
        at=at,
    )


def _rename(
    signers: Sequence[ContractSigner], with_whom: Partner, team: Mapping[UUID, TeamMember]
) -> None:
    for signer in signers:
        person: Partner | TeamMember | None = None
        if signer.contact_id:
            person = with_whom
        elif signer.member_id:
            person = team.get(signer.member_id)
        if person:
            signer.name, signer.email = person.name, person.email


async def findings(body: str) -> Findings:
    """What the text asks to be filled in; long ones take a while to read."""
    return await asyncio.to_thread(variables_in, body)


async def check(prepared: Prepared) -> None:
    """Refuse what can't be signed as it is.

    Raises VariablesMissing and ContractUnusable (422), naming each variable and each misfit.
    """
    problems = [*_unreachable(prepared), *_alike(prepared)]
    if prepared.contract.expires_at and prepared.contract.expires_at <= prepared.at:
        problems.append(("/expires_at", "in_the_past", "It would be over before it was sent"))
    if prepared.contract.body is None:
        problems += _unplaced(prepared)
    else:
        found = await findings(prepared.contract.body)
        missing = [name for name in found.names if name not in prepared.values]
        if missing:
            raise VariablesMissing(missing)
        problems += _unsigned(prepared, found)
    if problems:
        raise ContractUnusable(problems)


def _unreachable(prepared: Prepared) -> Iterator[Problem]:
    for at, signer in enumerate(prepared.signers):
        has_account = signer.contact_id is not None and prepared.partner.user_id is not None
        if signer.email is None and not has_account:
            detail = f"{signer.name} has neither an e-mail address nor an account"
            yield f"/signers/{at}", "signer_unreachable", detail


def _alike(prepared: Prepared) -> Iterator[Problem]:
    """Whoever shares a mailbox can't be told apart by what was mailed to it."""
    seen: set[str] = set()
    for at, signer in enumerate(prepared.signers):
        address = normalise_email(signer.email or "")
        if address and address in seen:
            yield f"/signers/{at}", "same_address", f"{signer.email} is another signer's address"
        seen.add(address)


def _unplaced(prepared: Prepared) -> Iterator[Problem]:
    signed = {field.signer_id for field in prepared.fields if field.kind == "signature"}
    for signer in prepared.signing:
        if signer.id not in signed:
            yield "/fields", "signature_missing", f"There is no place for {signer.name} to sign"


def _unsigned(prepared: Prepared, found: Findings) -> Iterator[Problem]:
    for typed in found.mistakes:
        yield "/body", "variable_ill_formed", f"Not a variable or a place to sign: {typed[:60]}"
    known = {signer.who for signer in prepared.signing}
    for who in dict.fromkeys(mark.who for mark in found.marks if mark.who not in known):
        yield "/signers", "signer_missing", f"The text has places for {who}, and nobody is {who}"
