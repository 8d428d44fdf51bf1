"""Contracts in the portal: read, agreed to, signed or declined."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.contracts import answers_signing, visiting
from app.features.contracts.documented import DOCUMENT_ANSWER, SIGNING_REFUSALS
from app.features.contracts.failures import (
    DisclosureChanged,
    NotASigner,
    NotYourTurn,
    WrongContractState,
)
from app.features.contracts.paths import ClientContracts, ClientMaker, ClientWork, ContractId
from app.features.contracts.schemas import DocumentQuery
from app.features.contracts.schemas_signing import (
    ConsentIn,
    ContractDeclineIn,
    PortalContractDetailOut,
    PortalContractOut,
    PortalContractQuery,
    SignIn,
)

router = api_router("/v1/portal/contracts", "contracts")


@router.get("")
async def list_portal_contracts(
    query: Annotated[PortalContractQuery, Query()], contracts: ClientContracts
) -> Page[PortalContractOut]:
    """One's own contracts, once they were sent; newest first."""
    return await answers_signing.list_portal_contracts(contracts, query)


@router.get("/{contract_id}", response_model=PortalContractDetailOut)
async def get_portal_contract(
    contract_id: ContractId, contracts: ClientContracts, request: Request, response: Response
) -> PortalContractDetailOut | Response:
    """One contract, with what is to be filled in and agreed to."""
    return await answers_signing.portal_tagged_or_known(request, response, contracts, contract_id)


@router.get("/{contract_id}/document", response_class=Response, responses=DOCUMENT_ANSWER)
async def get_portal_contract_document(
    maker: ClientMaker, contract_id: ContractId, query: Annotated[DocumentQuery, Query()]
) -> Response:
    """The PDF; that it was opened is noted, the first time."""
    return await visiting.open_in_portal(maker, contract_id, original=query.version == "original")


@router.post(
    "/{contract_id}/consent",
    responses=problems(WrongContractState, NotASigner, NotYourTurn, DisclosureChanged),
)
async def consent_to_portal_contract(
    work: ClientWork, body: ConsentIn, response: Response
) -> PortalContractDetailOut:
    """Agree to sign electronically, to exactly the disclosure whose digest is quoted."""
    await visiting.consent_as_client(work, body)
    return await answers_signing.portal_tagged(response, work.contracts, work.contract.id)


@router.post("/{contract_id}/sign", responses=problems(*SIGNING_REFUSALS))
async def sign_portal_contract(
    maker: ClientMaker, contract_id: ContractId, body: SignIn, response: Response
) -> PortalContractDetailOut:
    """Sign the document whose digest is quoted; a second time changes nothing."""
    contracts = await visiting.sign_as_client(maker, contract_id, body)
    return await answers_signing.portal_tagged(response, contracts, contract_id)


@router.post(
    "/{contract_id}/decline",
    responses=problems(WrongContractState, NotASigner, NotYourTurn),
)
async def decline_portal_contract(
    work: ClientWork, body: ContractDeclineIn, response: Response
) -> PortalContractDetailOut:
    """Refuse to sign, and tell the coach why; nobody can sign it any longer."""
    await visiting.decline_as_client(work, body.reason)
    return await answers_signing.portal_tagged(response, work.contracts, work.contract.id)
