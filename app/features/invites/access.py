"""Taking invitations back, and switching a client's access off and on."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.doorkeeper import Doorkeeper
from app.access.principal import Principal
from app.core.db import after_commit
from app.core.errors import Conflict
from app.core.events import publish
from app.features.invites.events import (
    PortalAccessDisabled,
    PortalAccessEnabled,
    PortalInviteRevoked,
)
from app.models import Contact
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.spaces import add_space, close_space


class NoPendingInvite(Conflict):
    """There is no invitation to take back."""

    code, title = "no_pending_invite", "This contact has no pending invite"


class NoPortalAccount(Conflict):
    """Access can be switched only for a contact who has accepted an invitation."""

    code, title = "no_portal_account", "This contact has no portal account"


async def revoke_invite(session: AsyncSession, contact: Contact, principal: Principal) -> None:
    """Take back the pending invitation; its link is dead from now on."""
    if contact.portal_status != "pending":
        raise NoPendingInvite
    invites = PortalInviteRepository(session, contact.workspace_id)
    await invites.end_pending([contact.id], state="revoked")
    contact.portal_status, contact.invite_expires_at = "not_invited", None
    contact.invited_at = contact.invite_event_id = None
    await publish(session, PortalInviteRevoked(**_about(contact, principal)))


async def set_access(
    session: AsyncSession,
    contact: Contact,
    *,
    enabled: bool,
    principal: Principal,
    doorkeeper: Doorkeeper,
) -> None:
    """Switch a client's access; doing so twice changes nothing and tells nobody."""
    if contact.user_id is None or contact.portal_status not in {"active", "disabled"}:
        raise NoPortalAccount
    if (contact.portal_status == "active") == enabled:
        return
    contact.portal_status = "active" if enabled else "disabled"
    await (_open if enabled else _close)(session, contact, contact.user_id, principal)
    user_id = contact.user_id
    after_commit(session, lambda: doorkeeper.forget(user_id))


async def _open(
    session: AsyncSession, contact: Contact, user_id: UUID, principal: Principal
) -> None:
    await add_space(
        session,
        user_id=user_id,
        workspace_id=contact.workspace_id,
        role="client",
        contact_id=contact.id,
    )
    await publish(session, PortalAccessEnabled(**_about(contact, principal)))


async def _close(
    session: AsyncSession, contact: Contact, user_id: UUID, principal: Principal
) -> None:
    await close_space(session, user_id=user_id, workspace_id=contact.workspace_id, side="client")
    await publish(session, PortalAccessDisabled(**_about(contact, principal)))


def _about(contact: Contact, principal: Principal) -> dict[str, Any]:
    return {
        "workspace_id": contact.workspace_id,
        "actor": principal.actor,
        "contact_id": contact.id,
        "subject_id": contact.id,
    }
