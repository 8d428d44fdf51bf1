"""Whether a person still has their place in a practice. Global: no practice's rows."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Space
from app.repositories.audiences import Audience, Side


async def audience_with(
    session: AsyncSession, *, user_id: UUID, workspace_id: UUID, side: Side
) -> Audience | None:
    """The side a person is on in a practice; None once they have left it."""
    statement = select(Space.contact_id).where(
        Space.user_id == user_id, Space.workspace_id == workspace_id, Space.side == side
    )
    place = (await session.execute(statement)).one_or_none()
    if place is None:
        return None
    if side == "member":
        return Audience.team(workspace_id)
    return Audience.client(workspace_id, place.contact_id) if place.contact_id else None
