"""What an invitation's page shows before anything is accepted, and asking for a fresh link."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.images import image_url
from app.access.invitations import Link, masked
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.errors import Conflict
from app.core.events import SYSTEM
from app.core.throttle_policy import Policy
from app.features.invites.issuing import PREFIX, issue_invite
from app.features.invites.links import invited_by
from app.features.invites.schemas import LookupOut, RenewedOut
from app.repositories.contacts import ContactRepository
from app.repositories.hosts import host_of
from app.repositories.users import user_with_email

RENEWALS = Policy(name="invite-renewals", limit=3, per_seconds=3600)
"""How often fresh links may be asked for, for one contact."""


class InviteStillValid(Conflict):
    """The link works: there is nothing to renew."""

    code, title = "invite_still_valid", "This invite is still valid"


async def look_up(runtime: Runtime, token: str) -> LookupOut:
    """Who invites whom, expired or not. Changes nothing: mail scanners open links too."""
    link = Link.read(token, prefix=PREFIX)
    async with runtime.database.reading(link.workspace_id) as session:
        invite, contact = await invited_by(session, link)
        host = await host_of(session, link.workspace_id, contact.coach_id)
        account = await user_with_email(session, invite.email_norm)
    return LookupOut(
        workspace_name=host.workspace_name,
        coach_name=host.coach_name,
        logo_url=image_url(runtime, link.workspace_id, host.logo_file_id),
        accent_color=host.accent_color,
        masked_email=masked(str(contact.email)),
        first_name=contact.first_name,
        last_name=contact.last_name,
        account_exists=account is not None,
        expires_at=invite.expires_at,
        expired=invite.expires_at <= now(),
    )


async def renew(runtime: Runtime, token: str) -> RenewedOut:
    """Send a fresh link to the address an expired one was sent to, and to no other."""
    link = Link.read(token, prefix=PREFIX)
    await runtime.throttle.hit(link.token_hash.hex(), RENEWALS)
    async with runtime.database.writing(link.workspace_id) as session:
        invite, _ = await invited_by(session, link)
        contact = await ContactRepository(session, link.workspace_id).require(
            invite.contact_id, lock=True
        )
        await _still_expired(session, link)
        await issue_invite(session, contact, mint=runtime.mint, actor=SYSTEM)
    return RenewedOut(masked_email=masked(str(contact.email)))


async def _still_expired(session: AsyncSession, link: Link) -> None:
    """Look again now that the contact is locked: of many renewals at once, one sends a mail."""
    invite, _ = await invited_by(session, link, refresh=True)
    if invite.expires_at > now():
        raise InviteStillValid
