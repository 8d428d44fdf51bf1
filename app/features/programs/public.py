"""Programs' public pages, and signing up there; needs no sign-in."""

from typing import Annotated

from fastapi import Path

from app.access.callers import OptionalCaller
from app.access.device import CurrentDevice
from app.access.invitations import InviteEmailMismatch, PasswordMissing
from app.access.limits import per_address
from app.access.password_rules import WeakPassword
from app.access.runtime import RuntimeInApp
from app.access.sign_in import AccountExists
from app.core.errors import NotFound, TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.programs import confirming, public_page, signing_up
from app.features.programs.coming_in import OtherAccount
from app.features.programs.eligibility import REFUSALS, AlreadyEnrolled
from app.features.programs.schemas_public import (
    ConfirmedOut,
    ConfirmIn,
    PublicProgramOut,
    SignUpIn,
    SignUpLookupOut,
    SignUpMailedOut,
    SignUpTokenIn,
)
from app.features.programs.sign_up_links import (
    SignUpClosed,
    SignUpConfirmed,
    SignUpExpired,
    SignUpReplaced,
)

LOOKS = per_address(Policy(name="program-pages", limit=120, per_seconds=60))
REQUESTS = per_address(Policy(name="program-sign-ups", limit=30, per_seconds=600))
LINKS = per_address(Policy(name="sign-up-links", limit=60, per_seconds=60))

pages = api_router("/v1/public/programs/{workspace_slug}/{program_slug}", "program pages")
links = api_router("/v1/public/program-sign-ups", "program pages")

WorkspaceSlug = Annotated[str, Path(max_length=100)]
ProgramSlug = Annotated[str, Path(max_length=100)]

LINK = (
    InvalidToken,
    SignUpConfirmed,
    SignUpReplaced,
    SignUpExpired,
    SignUpClosed,
    TooManyRequests,
)


@pages.get("", dependencies=[LOOKS], responses=problems(NotFound, TooManyRequests))
async def get_program_page(
    workspace_slug: WorkspaceSlug, program_slug: ProgramSlug, runtime: RuntimeInApp
) -> PublicProgramOut:
    """A published program, as anybody may see it."""
    return await public_page.show(runtime, workspace_slug, program_slug)


@pages.post(
    "/sign-up",
    status_code=202,
    dependencies=[REQUESTS],
    responses=problems(NotFound, SignUpClosed, TooManyRequests),
)
async def sign_up_to_program(
    workspace_slug: WorkspaceSlug,
    program_slug: ProgramSlug,
    body: SignUpIn,
    runtime: RuntimeInApp,
) -> SignUpMailedOut:
    """Ask to take part: an e-mail with a link goes to the address, whoever has it."""
    return await signing_up.sign_up(runtime, workspace_slug, program_slug, body)


@links.post("/lookup", dependencies=[LINKS], responses=problems(*LINK))
async def look_up_program_sign_up(body: SignUpTokenIn, runtime: RuntimeInApp) -> SignUpLookupOut:
    """What the link is for; changes nothing, however often it is asked."""
    return await public_page.look_up(runtime, body.token)


@links.post(
    "/confirm",
    dependencies=[LINKS],
    responses=problems(
        *LINK,
        InviteEmailMismatch,
        AccountExists,
        AlreadyEnrolled,
        OtherAccount,
        REFUSALS["access_disabled"],
        PasswordMissing,
        WeakPassword,
    ),
)
async def confirm_program_sign_up(
    body: ConfirmIn, runtime: RuntimeInApp, caller: OptionalCaller, device: CurrentDevice
) -> ConfirmedOut:
    """Come in: with a password for a new account, or signed in to the one there is."""
    return await confirming.confirm(runtime, body, caller, device)
