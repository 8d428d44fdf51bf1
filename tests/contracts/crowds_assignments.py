"""Many assignments, and many comments on one."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Assignment, Comment, Contact
from tests.make import Person


async def assignments(
    session: AsyncSession, reader: Person, _: UUID | None, numbers: range
) -> None:
    """Of different contacts (the reader's own, for a client)."""
    for n in numbers:
        contact_id = reader.contact_id or await _contact(session, reader)
        task = {"workspace_id": reader.workspace_id, "contact_id": contact_id}
        session.add(Assignment(**task, title=f"Task {n}"))


async def comments(
    session: AsyncSession, reader: Person, assignment_id: UUID | None, numbers: range
) -> None:
    """By the other side, unread; where a client reads them, the assignment is theirs."""
    task = await session.get_one(Assignment, (reader.workspace_id, assignment_id))
    task.contact_id = reader.contact_id or task.contact_id
    await session.flush()
    thread = {"contact_id": task.contact_id, "subject_kind": "assignment", "subject_id": task.id}
    words = {"body": "Hear, hear", "body_html": "<p>Hear, hear</p>"}
    side = "member" if reader.contact_id else "client"
    for _number in numbers:
        session.add(Comment(workspace_id=reader.workspace_id, side=side, **thread, **words))


async def _contact(session: AsyncSession, owner: Person) -> UUID:
    contact = Contact(workspace_id=owner.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


ASSIGNMENT_CROWDS = {
    "list_assignment_comments": comments,
    "list_assignments": assignments,
    "list_portal_assignment_comments": comments,
    "list_portal_assignments": assignments,
}
