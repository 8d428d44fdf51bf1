"""Portal invitations that travel in another feature's letter: one e-mail that does both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.invitations import Unsubscribed
from app.core.clock import now
from app.core.errors import AppError
from app.core.ids import new_id
from app.core.tokens import TokenMint, digest
from app.features.invites.issuing import LIFETIME, PREFIX, AccessDisabled, Archived, NoEmail
from app.repositories.companion_invites import CompanionInvite, add_companion_invites

UNREACHABLE: Mapping[str, type[AppError]] = {
    "archived": Archived,
    "no_email": NoEmail,
    "access_disabled": AccessDisabled,
    "unsubscribed": Unsubscribed,
}
"""Why somebody can't be asked in, by the reasons that bulk answers give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passenger:
    """A contact without an account, and the event whose letter will carry the invitation."""

    contact_id: UUID
    email_norm: str
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Ticket:
    """What that event must tell of the invitation, for its letter's button."""

    invite_id: UUID
    expires_at: datetime


async def invite_along(
    session: AsyncSession,
    workspace_id: UUID,
    passengers: list[Passenger],
    mint: TokenMint,
) -> dict[UUID, Ticket]:
    """Invite contacts, whose rows are locked, without a letter; the tickets by contact.

    Two statements for any number. Earlier invitations die, their unsent letters with them.
    """
    at = now()
    invites = [_invite(workspace_id, one, mint) for one in passengers]
    await add_companion_invites(
        session, workspace_id, invites, invited_at=at, expires_at=at + LIFETIME
    )
    return {invite.contact_id: Ticket(invite.id, at + LIFETIME) for invite in invites}


def _invite(workspace_id: UUID, passenger: Passenger, mint: TokenMint) -> CompanionInvite:
    invite_id = new_id()
    return CompanionInvite(
        id=invite_id,
        contact_id=passenger.contact_id,
        email_norm=passenger.email_norm,
        token_hash=digest(mint.derive(PREFIX, workspace_id, invite_id)).hex(),
        event_id=passenger.event_id,
    )
