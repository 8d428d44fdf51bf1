"""What an invitation's link stands for, and why it may not work any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.invitations import ENDED, InviteExpired, Link
from app.core.clock import now
from app.core.tokens import InvalidToken
from app.models import Contact, PortalInvite
from app.repositories.portal_invites import PortalInviteRepository


async def invited_by(
    session: AsyncSession, link: Link, *, refresh: bool = False
) -> tuple[PortalInvite, Contact]:
    """The pending invitation behind a link, expired or not, and its contact.

    `refresh` reads both anew in a session that has seen them already.
    Raises InvalidToken (404) for an unknown one, or says (410) how it ended.
    """
    invites = PortalInviteRepository(session, link.workspace_id)
    found = await invites.with_token(link.token_hash, refresh=refresh)
    if found is None:
        raise InvalidToken
    if found[0].state in ENDED:
        raise ENDED[found[0].state]
    return found


async def valid_invite(session: AsyncSession, link: Link) -> tuple[PortalInvite, Contact]:
    """The same, refusing an expired one as well (410)."""
    invite, contact = await invited_by(session, link)
    if invite.expires_at <= now():
        raise InviteExpired
    return invite, contact
