"""Inviting one contact, and switching their access; coach side."""

from typing import Annotated

from fastapi import Depends

from app.access.callers import requires
from app.access.invitations import Unsubscribed
from app.access.paths import ContactInPath
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.idempotency import IdempotencyRequired
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invites import access, issuing
from app.features.invites.access import NoPendingInvite, NoPortalAccount
from app.features.invites.issuing import AccessDisabled, AlreadyActive, Archived, NoEmail
from app.features.invites.limits import sends_limited
from app.features.invites.schemas import AccessIn, AccessOut, InviteIn, InviteOut

router = api_router("/v1/contacts/{contact_id}", "portal invites")

Sender = Annotated[Principal, Depends(requires(Permission.INVITES_SEND))]


@router.post(
    "/portal-invite",
    status_code=201,
    dependencies=[IdempotencyRequired, Depends(sends_limited)],
    responses=problems(NoEmail, Archived, AlreadyActive, AccessDisabled, Unsubscribed),
)
async def send_portal_invite(
    sender: Sender,
    contact: ContactInPath,
    session: TenantSession,
    runtime: RuntimeInApp,
    body: InviteIn | None = None,
) -> InviteOut:
    """Invite the contact, or invite them again: every earlier link dies."""
    message = body.message if body else None
    await issuing.issue_invite(
        session, contact, mint=runtime.mint, actor=sender.actor, message=message
    )
    return InviteOut.of(contact)


@router.delete("/portal-invite", status_code=204, responses=problems(NoPendingInvite))
async def revoke_portal_invite(
    sender: Sender, contact: ContactInPath, session: TenantSession
) -> None:
    """Take a pending invitation back: its link is dead at once."""
    await access.revoke_invite(session, contact, sender)


@router.put("/portal-access", responses=problems(NoPortalAccount))
async def set_portal_access(
    body: AccessIn,
    sender: Sender,
    contact: ContactInPath,
    session: TenantSession,
    runtime: RuntimeInApp,
) -> AccessOut:
    """Let a client in, or keep them out from their next request on."""
    await access.set_access(
        session,
        contact,
        enabled=body.enabled,
        principal=sender,
        doorkeeper=runtime.doorkeeper,
    )
    return AccessOut(contact_id=contact.id, status=contact.portal_status)
