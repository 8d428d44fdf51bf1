"""The invitation's own page; needs no sign-in, only the mailed token."""

from app.access.callers import OptionalCaller
from app.access.device import CurrentDevice
from app.access.invitations import (
    InviteAccepted,
    InviteEmailMismatch,
    InviteExpired,
    InviteReplaced,
    InviteRevoked,
    PasswordMissing,
)
from app.access.limits import per_address
from app.access.password_rules import WeakPassword
from app.access.runtime import RuntimeInApp
from app.access.sign_in import AccountExists, SignedInOut
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.invites import accepting, looking
from app.features.invites.accepting import AlreadyAClient
from app.features.invites.looking import InviteStillValid
from app.features.invites.schemas import AcceptIn, LookupOut, RenewedOut, TokenIn

LIMITED = per_address(Policy(name="invite-links", limit=60, per_seconds=60))

router = api_router("/v1/public/portal-invites", "portal invites")

LINK = (InvalidToken, InviteAccepted, InviteReplaced, InviteRevoked, TooManyRequests)


@router.post("/lookup", dependencies=[LIMITED], responses=problems(*LINK))
async def look_up_portal_invite(body: TokenIn, runtime: RuntimeInApp) -> LookupOut:
    """Who invites whom; changes nothing, however often it is asked."""
    return await looking.look_up(runtime, body.token)


@router.post(
    "/accept",
    dependencies=[LIMITED],
    responses=problems(
        *LINK,
        InviteExpired,
        InviteEmailMismatch,
        AccountExists,
        AlreadyAClient,
        PasswordMissing,
        WeakPassword,
    ),
)
async def accept_portal_invite(
    body: AcceptIn, runtime: RuntimeInApp, caller: OptionalCaller, device: CurrentDevice
) -> SignedInOut:
    """Come in: with a password for a new account, or signed in to the one there is."""
    return await accepting.accept(runtime, body, caller, device)


@router.post(
    "/renew",
    status_code=202,
    dependencies=[LIMITED],
    responses=problems(*LINK, InviteStillValid),
)
async def renew_portal_invite(body: TokenIn, runtime: RuntimeInApp) -> RenewedOut:
    """Have a fresh link sent in place of an expired one, to the same address."""
    return await looking.renew(runtime, body.token)
