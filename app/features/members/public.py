"""The page of an invitation to the team; needs no sign-in, only the mailed token."""

from app.access.callers import OptionalCaller
from app.access.device import CurrentDevice
from app.access.invitations import (
    InviteAccepted,
    InviteEmailMismatch,
    InviteExpired,
    InviteRevoked,
    PasswordMissing,
)
from app.access.password_rules import WeakPassword
from app.access.runtime import RuntimeInApp
from app.access.sign_in import AccountExists, SignedInOut
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.tokens import InvalidToken
from app.features.members import accepting, looking
from app.features.members.accepting import NameMissing
from app.features.members.inviting import AlreadyMember
from app.features.members.limits import LINKS
from app.features.members.schemas import (
    MemberInviteAcceptIn,
    MemberInviteLookupOut,
    MemberInviteTokenIn,
)

router = api_router("/v1/public/member-invites", "members")

LINK = (InvalidToken, InviteAccepted, InviteRevoked, TooManyRequests)


@router.post("/lookup", dependencies=[LINKS], responses=problems(*LINK))
async def look_up_member_invite(
    body: MemberInviteTokenIn, runtime: RuntimeInApp
) -> MemberInviteLookupOut:
    """Who invites whom; changes nothing, however often it is asked."""
    return await looking.look_up(runtime, body.token)


@router.post(
    "/accept",
    dependencies=[LINKS],
    responses=problems(
        *LINK,
        InviteExpired,
        InviteEmailMismatch,
        AccountExists,
        AlreadyMember,
        PasswordMissing,
        NameMissing,
        WeakPassword,
    ),
)
async def accept_member_invite(
    body: MemberInviteAcceptIn,
    runtime: RuntimeInApp,
    caller: OptionalCaller,
    device: CurrentDevice,
) -> SignedInOut:
    """Join: with a password for a new account, or signed in to the one there is."""
    return await accepting.accept(runtime, body, caller, device)
