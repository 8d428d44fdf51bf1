"""Signing in and out: who calls these has no access token yet, or one for another space."""

from typing import Annotated, Any

from fastapi import Depends, Form

from app.access.callers import CurrentCaller, bearer
from app.access.device import CurrentDevice
from app.access.limits import per_address
from app.access.password_rules import WeakPassword
from app.access.personal import PersonalSession
from app.access.runtime import RuntimeInApp
from app.access.sign_in import AccountExists, SignedInOut
from app.core.errors import NotFound, TooManyRequests
from app.core.openapi_operations import KEYLESS
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.tokens import InvalidToken
from app.features.accounts import (
    addresses,
    recovery,
    refreshing,
    registration,
    signing_in,
    signing_out,
    spaces,
)
from app.features.accounts.addresses import AlreadyVerified
from app.features.accounts.limits import MAIL_REQUESTS, REGISTRATIONS, SIGN_INS
from app.features.accounts.mailed_tokens import TokenExpired, TokenUsed
from app.features.accounts.presented import OriginNotAllowed, PresentedToken
from app.features.accounts.proving import InvalidCredentials
from app.features.accounts.refreshing import (
    InvalidRefreshToken,
    RefreshInProgress,
    RefreshTokenReused,
)
from app.features.accounts.registration import PracticeExists
from app.features.accounts.schemas import (
    LinkIn,
    LoginIn,
    MailedOut,
    MailedTokenIn,
    NewPasswordIn,
    RegisterIn,
    SwitchIn,
    TokenForm,
)

router = api_router("/v1/auth", "accounts")

NOTHING_KEPT: dict[str, Any] = {KEYLESS: True}
"""Answers with tokens, and bodies with passwords, are not put aside to be replayed."""

BearerToken = Annotated[str | None, Depends(bearer)]

SIGN_IN = problems(InvalidCredentials, TooManyRequests)
MAIL = problems(TooManyRequests)
REFRESH = problems(
    InvalidRefreshToken, RefreshTokenReused, RefreshInProgress, OriginNotAllowed, TooManyRequests
)
LINK = (InvalidToken, TokenExpired, TokenUsed, TooManyRequests)


@router.post(
    "/register",
    status_code=201,
    dependencies=[per_address(REGISTRATIONS)],
    responses=problems(AccountExists, PracticeExists, WeakPassword, TooManyRequests),
)
async def register(body: RegisterIn, runtime: RuntimeInApp, device: CurrentDevice) -> SignedInOut:
    return await registration.register(runtime, body, device)


@router.post("/login", dependencies=[per_address(SIGN_INS)], responses=SIGN_IN)
async def login(body: LoginIn, runtime: RuntimeInApp, device: CurrentDevice) -> SignedInOut:
    return await signing_in.sign_in(
        runtime, email=body.email, password=body.password, device=device
    )


@router.post("/token", dependencies=[per_address(SIGN_INS)], responses=SIGN_IN)
async def create_token(
    form: Annotated[TokenForm, Form()], runtime: RuntimeInApp, device: CurrentDevice
) -> SignedInOut:
    return await signing_in.sign_in(
        runtime, email=form.username, password=form.password, device=device
    )


@router.post("/refresh", dependencies=[per_address(SIGN_INS)], responses=REFRESH)
async def refresh_tokens(runtime: RuntimeInApp, presented: PresentedToken) -> SignedInOut:
    return await refreshing.refresh(runtime, presented)


@router.post("/switch", openapi_extra=NOTHING_KEPT, responses=problems(NotFound))
async def switch_space(
    body: SwitchIn, runtime: RuntimeInApp, caller: CurrentCaller, session: PersonalSession
) -> SignedInOut:
    return await spaces.switch(session, runtime, caller, body)


@router.post(
    "/logout",
    status_code=204,
    openapi_extra=NOTHING_KEPT,
    responses=problems(InvalidRefreshToken, OriginNotAllowed),
)
async def logout(runtime: RuntimeInApp, presented: PresentedToken, token: BearerToken) -> None:
    await signing_out.sign_out(runtime, presented, token)


@router.post(
    "/magic-links", status_code=202, dependencies=[per_address(MAIL_REQUESTS)], responses=MAIL
)
async def request_magic_link(body: LinkIn, runtime: RuntimeInApp) -> MailedOut:
    return await recovery.mail_magic_link(runtime, body)


@router.post(
    "/magic-links/consume", dependencies=[per_address(SIGN_INS)], responses=problems(*LINK)
)
async def consume_magic_link(
    body: MailedTokenIn, runtime: RuntimeInApp, device: CurrentDevice
) -> SignedInOut:
    return await signing_in.sign_in_by_link(runtime, token=body.token, device=device)


@router.post(
    "/password-resets", status_code=202, dependencies=[per_address(MAIL_REQUESTS)], responses=MAIL
)
async def request_password_reset(body: LinkIn, runtime: RuntimeInApp) -> MailedOut:
    return await recovery.mail_password_reset(runtime, body)


@router.post(
    "/password-resets/consume",
    status_code=204,
    dependencies=[per_address(SIGN_INS)],
    responses=problems(*LINK, WeakPassword),
)
async def consume_password_reset(body: NewPasswordIn, runtime: RuntimeInApp) -> None:
    await recovery.reset_password(runtime, body)


@router.post(
    "/email-verifications",
    status_code=202,
    openapi_extra=NOTHING_KEPT,
    responses=problems(AlreadyVerified),
)
async def request_email_verification(runtime: RuntimeInApp, caller: CurrentCaller) -> MailedOut:
    return await addresses.ask_again_to_verify(runtime, caller.user_id)


@router.post(
    "/email-verifications/consume",
    status_code=204,
    dependencies=[per_address(SIGN_INS)],
    responses=problems(*LINK),
)
async def consume_email_verification(body: MailedTokenIn, runtime: RuntimeInApp) -> None:
    await addresses.verify(runtime, body.token)
