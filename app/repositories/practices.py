"""Founding a practice: its row, its place in the directory, its owner."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CoachProfile, Member, User, Workspace, WorkspaceListing
from app.repositories.spaces import add_space


async def list_practice(session: AsyncSession, workspace_id: UUID, *, name: str, slug: str) -> bool:
    """Enter a practice in the directory; False when another has this slug."""
    listed = await session.scalar(
        insert(WorkspaceListing)
        .values(workspace_id=workspace_id, name=name, slug=slug)
        .on_conflict_do_nothing(index_elements=[WorkspaceListing.slug])
        .returning(WorkspaceListing.workspace_id)
    )
    return listed is not None


async def add_practice(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    name: str,
    slug: str,
    time_zone: str,
    locale: str,
    owner: User,
) -> Member:
    """Add a listed practice with its owner, their profile and their space; the owner's place."""
    session.add(
        Workspace(
            workspace_id=workspace_id, name=name, slug=slug, time_zone=time_zone, locale=locale
        )
    )
    await session.flush()
    return await _add_owner(session, workspace_id, owner)


async def _add_owner(session: AsyncSession, workspace_id: UUID, owner: User) -> Member:
    member = Member(workspace_id=workspace_id, user_id=owner.id, role="owner")
    session.add(member)
    await session.flush()
    session.add(
        CoachProfile(workspace_id=workspace_id, member_id=member.id, display_name=owner.name)
    )
    await session.flush()
    await add_space(
        session,
        user_id=owner.id,
        workspace_id=workspace_id,
        role="owner",
        member_id=member.id,
    )
    return member
