"""Many notes and comments, for the lists that show them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import Comment, Contact, Note
from tests.make import Person


async def notes(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """Shared by the other side, about a contact each where the team reads them."""
    for _number in numbers:
        contact_id = reader.contact_id or await _contact(session, reader)
        shared = {"shared_at": now(), "shared_event_id": new_id()}
        about = {"workspace_id": reader.workspace_id, "contact_id": contact_id}
        session.add(Note(**about, side=_other_side(reader), title="Shared", **shared))


async def comments(
    session: AsyncSession, reader: Person, note_id: UUID | None, numbers: range
) -> None:
    """By the other side, unread; where a client reads them, the note is theirs."""
    note = await session.get_one(Note, (reader.workspace_id, note_id))
    note.contact_id = reader.contact_id or note.contact_id
    await session.flush()
    for _number in numbers:
        session.add(
            Comment(
                workspace_id=reader.workspace_id,
                contact_id=note.contact_id,
                subject_kind="note",
                subject_id=note.id,
                side=_other_side(reader),
                body="Hear, hear",
                body_html="<p>Hear, hear</p>",
            )
        )


async def _contact(session: AsyncSession, reader: Person) -> UUID:
    contact = Contact(workspace_id=reader.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


def _other_side(reader: Person) -> str:
    return "member" if reader.contact_id else "client"


NOTE_CROWDS = {
    "list_notes": notes,
    "list_portal_notes": notes,
    "list_note_comments": comments,
    "list_portal_note_comments": comments,
}
"""By operationId."""
