"""Signing without an account: whoever holds the mailed link. Its token is in the body, always."""

from fastapi import Request, Response

from app.access.device import CurrentDevice
from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.contracts import mailed
from app.features.contracts.documented import DOCUMENT_ANSWER, SIGNING_REFUSALS
from app.features.contracts.failures import DisclosureChanged, NotYourTurn, WrongContractState
from app.features.contracts.schemas_signing import (
    MailedConsentIn,
    MailedContractOut,
    MailedDeclineIn,
    MailedSignIn,
    SigningTokenIn,
)

LIMITED = per_address(Policy(name="signing-links", limit=60, per_seconds=60))

router = api_router("/v1/public/contracts/sign", "contracts")

LINK = (InvalidToken, TooManyRequests)


@router.post("/lookup", dependencies=[LIMITED], responses=problems(*LINK))
async def look_up_mailed_contract(body: SigningTokenIn, runtime: RuntimeInApp) -> MailedContractOut:
    """What is to be signed; changes nothing, however often it is asked."""
    return await mailed.look_up(runtime, body.token)


@router.post(
    "/document",
    dependencies=[LIMITED],
    response_class=Response,
    responses={**DOCUMENT_ANSWER, **problems(*LINK)},
)
async def get_mailed_contract_document(
    body: SigningTokenIn, runtime: RuntimeInApp, device: CurrentDevice, request: Request
) -> Response:
    """The PDF; that it was opened is noted, the first time."""
    return await mailed.open_document(request, runtime, body.token, device)


@router.post(
    "/consent",
    dependencies=[LIMITED],
    responses=problems(*LINK, WrongContractState, NotYourTurn, DisclosureChanged),
)
async def consent_to_mailed_contract(
    body: MailedConsentIn, runtime: RuntimeInApp, device: CurrentDevice
) -> MailedContractOut:
    """Agree to sign electronically, to exactly the disclosure whose digest is quoted."""
    return await mailed.consent(runtime, body, device)


@router.post("/sign", dependencies=[LIMITED], responses=problems(*LINK, *SIGNING_REFUSALS))
async def sign_mailed_contract(
    body: MailedSignIn, runtime: RuntimeInApp, device: CurrentDevice
) -> MailedContractOut:
    """Sign the document whose digest is quoted; a second time changes nothing."""
    return await mailed.sign(runtime, body, device)


@router.post(
    "/decline",
    dependencies=[LIMITED],
    responses=problems(*LINK, WrongContractState, NotYourTurn),
)
async def decline_mailed_contract(
    body: MailedDeclineIn, runtime: RuntimeInApp, device: CurrentDevice
) -> MailedContractOut:
    """Refuse to sign, and tell the coach why; nobody can sign it any longer."""
    return await mailed.decline(runtime, body, device)
