"""Invites that can't stand any longer."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact
from app.repositories.portal_invites import PortalInviteRepository


async def withdraw_invite(session: AsyncSession, contact: Contact) -> bool:
    """Take back a pending invite, its unsent mail included; False when there is none."""
    if contact.portal_status != "pending":
        return False
    invites = PortalInviteRepository(session, contact.workspace_id)
    await invites.end_pending([contact.id], state="revoked")
    contact.portal_status = "not_invited"
    contact.invited_at = contact.invite_expires_at = contact.invite_event_id = None
    return True
