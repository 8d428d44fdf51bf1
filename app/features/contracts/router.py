"""Contracts, coach side: made, sent, signed, followed to their end."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.errors import TooManyRequests, VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.contracts import answers, clock, completing, drafting, ending, sending, visiting
from app.features.contracts.documented import DOCUMENT_ANSWER, SIGNING_REFUSALS
from app.features.contracts.documents import hand_out
from app.features.contracts.failures import (
    ContractChanged,
    ContractUnusable,
    DisclosureChanged,
    DocumentUnusable,
    LiveContractThere,
    NotASigner,
    NotYourTurn,
    UnknownTemplate,
    VariablesMissing,
    WrongContractState,
)
from app.features.contracts.paths import (
    ContractId,
    Reader,
    TeamContracts,
    TeamMaker,
    TeamReadingMaker,
    TeamWork,
    reminders_limited,
)
from app.features.contracts.schemas import (
    AuditOut,
    ContractChanges,
    ContractDetailOut,
    ContractIn,
    ContractOut,
    ContractQuery,
    DocumentQuery,
    VoidIn,
)
from app.features.contracts.schemas_signing import ConsentIn, SignIn

router = api_router("/v1/contracts", "contracts")


@router.post(
    "",
    status_code=201,
    responses=problems(
        UnknownContact,
        UnknownEnrollment,
        UnknownTemplate,
        ContractUnusable,
        DocumentUnusable,
        LiveContractThere,
    ),
)
async def create_contract(
    maker: TeamMaker, body: ContractIn, response: Response
) -> ContractDetailOut:
    """Make a draft from a template, or from a PDF that was uploaded; nobody is told yet."""
    made = await drafting.create_contract(maker, body)
    response.headers["Location"] = f"/v1/contracts/{made.contract_id}"
    return await answers.tagged(response, made.contracts, made.contract_id)


@router.get("")
async def list_contracts(
    query: Annotated[ContractQuery, Query()], contracts: TeamContracts
) -> Page[ContractOut]:
    """All contracts of the practice; newest first."""
    return await answers.list_contracts(contracts, query)


@router.get("/{contract_id}", response_model=ContractDetailOut)
async def get_contract(
    contract_id: ContractId, contracts: TeamContracts, request: Request, response: Response
) -> ContractDetailOut | Response:
    """One contract, with its signers and how far they are."""
    return await answers.tagged_or_known(request, response, contracts, contract_id)


@router.patch(
    "/{contract_id}",
    responses=problems(WrongContractState, ContractUnusable, VersionRequired),
)
async def change_contract(
    work: TeamWork, body: ContractChanges, response: Response, if_match: IfMatch = None
) -> ContractDetailOut:
    """Change a draft. `If-Match` is required, so that nobody's words get lost."""
    check_version(work.contract.version, if_match, required=True)
    await drafting.change_contract(work, body)
    return await answers.tagged(response, work.contracts, work.contract.id)


@router.delete("/{contract_id}", status_code=204, responses=problems(WrongContractState))
async def delete_contract(work: TeamWork) -> None:
    """Throw a draft away; what was sent is voided instead."""
    await drafting.delete_contract(work)


@router.post(
    "/{contract_id}/send",
    dependencies=[IdempotencyRequired],
    responses=problems(
        WrongContractState, ContractChanged, VariablesMissing, ContractUnusable, DocumentUnusable
    ),
)
async def send_contract(
    maker: TeamMaker, contract_id: ContractId, response: Response
) -> ContractDetailOut:
    """Freeze it, and ask those who sign first by e-mail; missing variables are named."""
    contracts = await sending.send_contract(maker, contract_id)
    return await answers.tagged(response, contracts, contract_id)


@router.post("/{contract_id}/void", responses=problems(WrongContractState))
async def void_contract(work: TeamWork, body: VoidIn, response: Response) -> ContractDetailOut:
    """Take back what was sent, before all have signed; those who were asked are told why."""
    await ending.void_contract(
        work.contracts, work.contract, reason=body.reason, witness=work.witness
    )
    return await answers.tagged(response, work.contracts, work.contract.id)


@router.post(
    "/{contract_id}/remind",
    dependencies=[Depends(reminders_limited)],
    responses=problems(WrongContractState, TooManyRequests),
)
async def remind_signers(work: TeamWork, response: Response) -> ContractDetailOut:
    """Remind everybody whose turn it is, once an hour at most."""
    await clock.remind(work.contracts, work.contract, work.witness)
    return await answers.tagged(response, work.contracts, work.contract.id)


@router.post(
    "/{contract_id}/consent",
    responses=problems(WrongContractState, NotASigner, NotYourTurn, DisclosureChanged),
)
async def consent_to_contract(
    work: TeamWork, body: ConsentIn, response: Response
) -> ContractDetailOut:
    """Agree to sign electronically, to exactly the disclosure whose digest is quoted."""
    await visiting.consent_as_coach(work, body)
    return await answers.tagged(response, work.contracts, work.contract.id)


@router.post("/{contract_id}/sign", responses=problems(*SIGNING_REFUSALS))
async def sign_contract(
    maker: TeamMaker, contract_id: ContractId, body: SignIn, response: Response
) -> ContractDetailOut:
    """Sign as the coach, once; the last signature has the document sealed."""
    contracts = await visiting.sign_as_coach(maker, contract_id, body)
    return await answers.tagged(response, contracts, contract_id)


@router.post("/{contract_id}/complete", responses=problems(WrongContractState))
async def complete_contract(work: TeamWork, response: Response) -> ContractDetailOut:
    """Have it sealed again that everybody signed, where the worker failed; once is enough."""
    await completing.ask_again(work.contracts, work.contract)
    return await answers.tagged(response, work.contracts, work.contract.id)


@router.get(
    "/{contract_id}/document",
    response_class=Response,
    responses={**DOCUMENT_ANSWER, **problems(DocumentUnusable)},
)
async def get_contract_document(
    maker: TeamReadingMaker, contract_id: ContractId, query: Annotated[DocumentQuery, Query()]
) -> Response:
    """The PDF: sealed once all have signed, else as it was sent; of a draft, how it would be."""
    return await hand_out(maker, contract_id, original=query.version == "original")


@router.get("/{contract_id}/audit")
async def get_contract_audit(
    _: Reader, contract_id: ContractId, contracts: TeamContracts
) -> AuditOut:
    """All that happened to it, each entry vouching for those before, and whether that holds."""
    return await answers.audit_out(contracts, await contracts.require(contract_id))
