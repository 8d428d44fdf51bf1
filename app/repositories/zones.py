"""Which clock a contact lives by."""

from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, User, Workspace

ZONE_NAME = func.coalesce(User.time_zone, Contact.time_zone, Workspace.time_zone)

ZONE = (
    select(ZONE_NAME)
    .select_from(Contact)
    .join(Workspace, Workspace.workspace_id == Contact.workspace_id)
    .outerjoin(User, User.id == Contact.user_id)
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == bindparam("contact_id"))
)


async def zone_of(session: AsyncSession, workspace_id: UUID, contact_id: UUID) -> str:
    """The contact's IANA zone: their account's, else the one kept, else the practice's."""
    values = {"workspace_id": workspace_id, "contact_id": contact_id}
    return await session.scalar(ZONE, values) or "UTC"
