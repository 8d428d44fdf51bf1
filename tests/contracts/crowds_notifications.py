"""Many notifications in one inbox."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import Inbox, Notification
from tests.make import Make, Person


async def notifications(
    session: AsyncSession, reader: Person, _: UUID | None, numbers: range
) -> None:
    """In the reader's own inbox."""
    for number in numbers:
        await _told(session, reader, number)


async def notification(make: Make, owner: Person) -> UUID:
    """In the owner's inbox: for nobody else, whatever their role."""
    async with make.runtime.database.writing(owner.workspace_id) as session:
        return await _told(session, owner, number=1)


async def _told(session: AsyncSession, reader: Person, number: int) -> UUID:
    holder = {"contact_id": reader.contact_id}
    if reader.contact_id is None:
        holder = {"member_id": reader.member_id}
    [inbox_id] = holder.values()
    row = {"workspace_id": reader.workspace_id, "id": inbox_id, **holder}
    await session.execute(insert(Inbox).values(row).on_conflict_do_nothing())
    notice = Notification(
        workspace_id=reader.workspace_id,
        inbox_id=inbox_id,
        number=number,
        event_id=new_id(),
        type="note.shared",
        title=f"Maya shared note {number}",
        summary="Tuesday",
    )
    session.add(notice)
    await session.flush()
    return notice.id


NOTIFICATION_CROWDS = {
    "list_notifications": notifications,
    "list_portal_notifications": notifications,
}
