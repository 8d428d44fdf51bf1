"""What the link of an invitation to the team stands for, and why it may not work any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.invitations import ENDED, InviteExpired, Link
from app.core.clock import now
from app.core.tokens import InvalidToken
from app.models import MemberInvite
from app.repositories.member_invites import MemberInviteRepository


async def pending_invite(session: AsyncSession, link: Link) -> MemberInvite:
    """The pending invitation behind a link, expired or not.

    Raises InvalidToken (404) for an unknown link, or one a newer mail has replaced, and says
    (410) how the invitation ended.
    """
    invite = await MemberInviteRepository(session, link.workspace_id).with_token(link.token_hash)
    if invite is None:
        raise InvalidToken
    if invite.state in ENDED:
        raise ENDED[invite.state]
    return invite


async def valid_invite(session: AsyncSession, link: Link) -> MemberInvite:
    """The same, refusing an expired one as well (410)."""
    invite = await pending_invite(session, link)
    if invite.expires_at <= now():
        raise InviteExpired
    return invite
