"""Notes of a practice, as far as one of its two sides may see them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, exists, or_, select, update

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Attendee, Note
from app.repositories.narrowing import Cards
from app.repositories.note_cards import CARDS, condition
from app.repositories.two_sided import TwoSidedRepository

ATTENDS = select(
    exists().where(
        Attendee.workspace_id == bindparam("workspace_id"),
        Attendee.appointment_id == bindparam("appointment_id"),
        Attendee.contact_id == bindparam("contact_id"),
        Attendee.status != "held",
    )
)

NoteHeading = Row[*tuple[Any, ...]]
"""id, contact_id, title, shared_at."""


class NoteRepository(TwoSidedRepository[Note]):
    """The notes an audience sees: its own side's, and what the other side shares with it."""

    model = Note
    cards = Cards(CARDS, condition)

    def query(self) -> Select[Note]:
        """A select that starts with what the audience sees."""
        shown = or_(Note.side == self.audience.side, Note.shared_at.is_not(None))
        return super().query().where(shown)

    async def heading(self, note_id: UUID, *, lock: bool = False) -> NoteHeading:
        """One note without its words, locked if asked for; NotFound for what isn't seen."""
        statement = self.query().where(Note.id == note_id)
        if lock:
            statement = statement.with_for_update(key_share=True)
        found = statement.with_only_columns(Note.id, Note.contact_id, Note.title, Note.shared_at)
        heading: NoteHeading | None = (await self.session.execute(found)).one_or_none()
        if heading is None:
            raise NotFound
        return heading

    async def mark_seen(self, note_id: UUID) -> None:
        """Note that the audience has read what the other side shares with it; once only."""
        seen = update(Note).where(
            Note.workspace_id == self.workspace_id,
            Note.id == note_id,
            Note.side != self.audience.side,
            Note.shared_at.is_not(None),
            Note.seen_at.is_(None),
        )
        if self.audience.side == "client":
            seen = seen.where(Note.contact_id == self.audience.contact_id)
        # being read is no edit: it must not move updated_at
        await self.session.execute(seen.values(seen_at=now(), updated_at=Note.updated_at))

    async def attends(self, contact_id: UUID, appointment_id: UUID) -> bool:
        """Whether the contact has, or had, a seat in this appointment."""
        values = {"workspace_id": self.workspace_id, "contact_id": contact_id}
        found = await self.session.scalar(ATTENDS, {**values, "appointment_id": appointment_id})
        return bool(found)
