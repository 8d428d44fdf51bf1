"""Who receives a client in a practice: the practice, and the coach by name."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CoachProfile, Member, User, Workspace

HOSTS = (
    select(
        Workspace.name,
        Workspace.accent_color,
        Workspace.logo_file_id,
        func.coalesce(CoachProfile.display_name, User.name),
    )
    .join(
        Member,
        and_(Member.workspace_id == Workspace.workspace_id, Member.removed_at.is_(None)),
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(
        CoachProfile,
        and_(
            CoachProfile.workspace_id == Member.workspace_id,
            CoachProfile.member_id == Member.id,
        ),
    )
    .where(Workspace.workspace_id == bindparam("workspace_id"))
    .order_by((Member.id == bindparam("coach_id")).desc(), Member.role != "owner", Member.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A practice as its clients are received."""

    workspace_name: str
    accent_color: str
    logo_file_id: UUID | None
    coach_name: str


async def host_of(session: AsyncSession, workspace_id: UUID, coach_id: UUID | None) -> Host:
    """The practice with this coach, or else with its oldest owner."""
    result = await session.execute(
        HOSTS, {"workspace_id": workspace_id, "coach_id": coach_id or UUID(int=0)}
    )
    name, accent_color, logo_file_id, coach_name = result.one()
    return Host(
        workspace_name=name,
        accent_color=accent_color,
        logo_file_id=logo_file_id,
        coach_name=coach_name,
    )
