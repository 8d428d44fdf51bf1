"""Writing an invitation: a token bound to the contact's address, an event, a mail."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.invitations import check_writable
from app.core.clock import now
from app.core.errors import Conflict
from app.core.events import Actor, publish
from app.core.ids import new_id
from app.core.tokens import TokenMint, digest
from app.features.invites.events import PortalInvited
from app.models import Contact, PortalInvite
from app.repositories.portal_invites import PortalInviteRepository

PREFIX = "inv"
LIFETIME = timedelta(days=7)


class NoEmail(Conflict):
    """An invitation needs an address to go to."""

    code, title = "contact_has_no_email", "This contact has no e-mail address"


class Archived(Conflict):
    """Archived contacts are not written to."""

    code, title = "contact_archived", "This contact is archived"


class AlreadyActive(Conflict):
    """The contact is in the portal already."""

    code, title = "already_active", "This contact has portal access already"


class AccessDisabled(Conflict):
    """The contact has an account whose access is switched off: enable it instead."""

    code, title = "portal_access_disabled", "Portal access is disabled for this contact"


async def issue_invite(
    session: AsyncSession,
    contact: Contact,
    *,
    mint: TokenMint,
    actor: Actor,
    message: str | None = None,
) -> PortalInvite:
    """Invite a contact, whose row is locked or new; an earlier invitation dies.

    Raises NoEmail, Archived, AlreadyActive, AccessDisabled or Unsubscribed (all 409).
    """
    invites = PortalInviteRepository(session, contact.workspace_id)
    address = await _address(invites, contact)
    if contact.portal_status == "pending":
        await invites.end_pending([contact.id], state="replaced")
    invite = invites.add(_new_invite(contact, mint, address))
    contact.portal_status, contact.invited_at = "pending", now()
    contact.invite_expires_at, contact.invite_event_id = invite.expires_at, invite.event_id
    await publish(session, _invited(invite, actor, message))
    return invite


async def _address(invites: PortalInviteRepository, contact: Contact) -> str:
    if contact.archived_at:
        raise Archived
    if contact.portal_status == "active":
        raise AlreadyActive
    if contact.portal_status == "disabled":
        raise AccessDisabled
    if contact.email_norm is None:
        raise NoEmail
    await check_writable(invites.session, contact.workspace_id, contact.email_norm)
    return contact.email_norm


def _new_invite(contact: Contact, mint: TokenMint, address: str) -> PortalInvite:
    invite_id = new_id()
    token = mint.derive(PREFIX, contact.workspace_id, invite_id)
    return PortalInvite(
        id=invite_id,
        contact_id=contact.id,
        email_norm=address,
        token_hash=digest(token),
        expires_at=now() + LIFETIME,
        event_id=new_id(),
    )


def _invited(invite: PortalInvite, actor: Actor, message: str | None) -> PortalInvited:
    return PortalInvited(
        id=invite.event_id,
        workspace_id=invite.workspace_id,
        actor=actor,
        contact_id=invite.contact_id,
        subject_id=invite.id,
        invite_id=invite.id,
        expires_at=invite.expires_at,
        message=message,
    )
