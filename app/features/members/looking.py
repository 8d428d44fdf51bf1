"""What the page of an invitation to the team shows before anything is accepted."""

from app.access.images import image_url
from app.access.invitations import Link, masked
from app.access.runtime import Runtime
from app.core.clock import now
from app.features.members.emails import MEMBER_TOKEN
from app.features.members.links import pending_invite
from app.features.members.schemas import MemberInviteLookupOut
from app.repositories.hosts import host_of
from app.repositories.users import user_with_email


async def look_up(runtime: Runtime, token: str) -> MemberInviteLookupOut:
    """Who invites whom, expired or not. Changes nothing: mail scanners open links too."""
    link = Link.read(token, prefix=MEMBER_TOKEN)
    async with runtime.database.reading(link.workspace_id) as session:
        invite = await pending_invite(session, link)
        host = await host_of(session, link.workspace_id, invite.invited_by)
        account = await user_with_email(session, invite.email_norm)
    return MemberInviteLookupOut.model_validate(
        {
            "workspace_name": host.workspace_name,
            "invited_by": host.coach_name,
            "logo_url": image_url(runtime, link.workspace_id, host.logo_file_id),
            "accent_color": host.accent_color,
            "masked_email": masked(invite.email),
            "name": invite.name,
            "role": invite.role,
            "account_exists": account is not None,
            "expires_at": invite.expires_at,
            "expired": invite.expires_at <= now(),
        }
    )
