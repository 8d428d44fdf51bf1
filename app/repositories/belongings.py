"""Whether an enrollment is a contact's, and goes on, for what hangs on it."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Enrollment

OF_PRACTICE = (
    Enrollment.workspace_id == bindparam("workspace_id", type_=Uuid()),
    Enrollment.id == bindparam("enrollment_id", type_=Uuid()),
)
ENROLLED = select(
    exists().where(*OF_PRACTICE, Enrollment.contact_id == bindparam("contact_id", type_=Uuid()))
)
CALLED_OFF = select(exists().where(*OF_PRACTICE, Enrollment.status == "cancelled"))


async def is_enrolled(
    session: AsyncSession, workspace_id: UUID, *, contact_id: UUID, enrollment_id: UUID
) -> bool:
    """Whether this is an enrollment of the contact's."""
    scope = {"workspace_id": workspace_id, "enrollment_id": enrollment_id}
    return bool(await session.scalar(ENROLLED, {**scope, "contact_id": contact_id}))


async def is_called_off(
    session: AsyncSession, workspace_id: UUID, enrollment_id: UUID | None
) -> bool:
    """Whether the practice has cancelled this enrollment; what belongs to none, never was."""
    if enrollment_id is None:
        return False
    scope = {"workspace_id": workspace_id, "enrollment_id": enrollment_id}
    return bool(await session.scalar(CALLED_OFF, scope))
