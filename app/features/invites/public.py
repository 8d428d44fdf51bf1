"""The invitation's own page; needs no sign-in, only the mailed token."""

from fastapi import Depends, Request

from app.access.callers import OptionalCaller
from app.access.device import CurrentDevice
from app.access.runtime import RuntimeInApp
from app.access.sign_in import SignedInOut
from app.core.client_address import household
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.invites import accepting, looking
from app.features.invites.schemas import AcceptIn, LookupOut, RenewedOut, TokenIn

PER_ADDRESS = Policy(name="invite-links", limit=60, per_seconds=60)


async def limited(request: Request, runtime: RuntimeInApp) -> None:
    """Refuse an address that tries links by the dozen."""
    address = household(runtime.addresses.of(request))
    await runtime.throttle.hit(address, PER_ADDRESS, request=request)


router = api_router("/v1/public/portal-invites", "portal invites")
router.dependencies.append(Depends(limited))


@router.post("/lookup")
async def look_up_portal_invite(body: TokenIn, runtime: RuntimeInApp) -> LookupOut:
    """Who invites whom; changes nothing, however often it is asked."""
    return await looking.look_up(runtime, body.token)


@router.post("/accept")
async def accept_portal_invite(
    body: AcceptIn, runtime: RuntimeInApp, caller: OptionalCaller, device: CurrentDevice
) -> SignedInOut:
    """Come in: with a password for a new account, or signed in to the one there is."""
    return await accepting.accept(runtime, body, caller, device)


@router.post("/renew", status_code=202)
async def renew_portal_invite(body: TokenIn, runtime: RuntimeInApp) -> RenewedOut:
    """Have a fresh link sent in place of an expired one, to the same address."""
    return await looking.renew(runtime, body.token)
