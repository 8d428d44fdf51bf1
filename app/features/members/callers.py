"""Who may look at the team, and who may change it."""

from typing import Annotated

from fastapi import Depends

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.repositories.member_invites import MemberInviteRepository
from app.repositories.members import MemberRepository

Reader = Annotated[Principal, Depends(requires(Permission.MEMBERS_READ))]
Owner = Annotated[Principal, Depends(requires(Permission.MEMBERS_WRITE))]


async def member_repository(reader: Reader, session: TenantSession) -> MemberRepository:
    """The team of the caller's practice."""
    return MemberRepository(session, reader.workspace_id)


async def invite_repository(reader: Reader, session: TenantSession) -> MemberInviteRepository:
    """The invitations to the team of the caller's practice."""
    return MemberInviteRepository(session, reader.workspace_id)


Members = Annotated[MemberRepository, Depends(member_repository)]
Invites = Annotated[MemberInviteRepository, Depends(invite_repository)]
