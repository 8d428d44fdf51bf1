"""The directory of all practices, which knows no practice's own rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import WorkspaceListing

BY_SLUG = select(WorkspaceListing.workspace_id).where(WorkspaceListing.slug == bindparam("slug"))


async def all_practices(session: AsyncSession) -> Sequence[UUID]:
    """Every practice there is."""
    return (await session.scalars(select(WorkspaceListing.workspace_id))).all()


async def practice_with_slug(session: AsyncSession, slug: str) -> UUID:
    """The practice with this slug; NotFound when there is none."""
    workspace_id: UUID | None = await session.scalar(BY_SLUG, {"slug": slug})
    if workspace_id is None:
        raise NotFound
    return workspace_id
