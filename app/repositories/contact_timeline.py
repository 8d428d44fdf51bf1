"""What has happened to a contact, with the names of those who did it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Event, User

NEWEST_FIRST = (
    select(
        Event.id,
        Event.type,
        Event.created_at,
        Event.actor_kind,
        Event.actor_id,
        User.name.label("actor_name"),
        Event.subject_id,
        Event.data,
    )
    .outerjoin(User, and_(User.id == Event.actor_id, Event.actor_kind.in_(("member", "client"))))
    .where(
        Event.workspace_id == bindparam("workspace_id"),
        Event.contact_id == bindparam("contact_id"),
    )
    .order_by(Event.id.desc())
    .limit(bindparam("row_limit"))
)
EARLIER = NEWEST_FIRST.where(Event.id < bindparam("before_id"))


async def events_of(
    session: AsyncSession,
    *,
    workspace_id: UUID,
    contact_id: UUID,
    before: UUID | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """A contact's events before the event `before`; one more than `limit`, if there are."""
    values: dict[str, Any] = {
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "row_limit": limit + 1,
    }
    if before is None:
        return (await session.execute(NEWEST_FIRST, values)).all()
    return (await session.execute(EARLIER, {**values, "before_id": before})).all()
