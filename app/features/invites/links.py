"""What an invitation's link stands for, and why it may not work any more."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import AppError
from app.core.tokens import InvalidToken, digest, workspace_in
from app.features.invites.issuing import PREFIX
from app.models import Contact, PortalInvite
from app.repositories.portal_invites import PortalInviteRepository


class InviteAccepted(AppError):
    """The invitation was used: sign in instead."""

    status, code, title = 410, "invite_already_accepted", "This invite was accepted already"


class InviteReplaced(AppError):
    """A newer invitation was sent; only the newest link works."""

    status, code, title = 410, "invite_replaced", "A newer invite was sent"


class InviteRevoked(AppError):
    """The practice took the invitation back."""

    status, code, title = 410, "invite_revoked", "This invite was taken back"


class InviteExpired(AppError):
    """The invitation is too old; `renew` sends a fresh one."""

    status, code, title = 410, "invite_expired", "This invite has expired"


ENDED: dict[str, type[AppError]] = {
    "accepted": InviteAccepted,
    "replaced": InviteReplaced,
    "revoked": InviteRevoked,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A token of the right form: the practice it belongs to, and what is stored of it."""

    workspace_id: UUID
    token_hash: bytes

    @classmethod
    def read(cls, token: str) -> "Link":
        """Take a token apart; InvalidToken (404) when it never was one of ours."""
        return cls(workspace_in(token, PREFIX), digest(token))


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
