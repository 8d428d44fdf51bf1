"""Notes of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Attendee, Enrollment, Note
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.note_cards import NoteCard, NoteFilter, cards_with, seen_by

ENROLLED = select(
    exists().where(
        Enrollment.workspace_id == bindparam("workspace_id"),
        Enrollment.id == bindparam("enrollment_id"),
        Enrollment.contact_id == bindparam("contact_id"),
    )
)

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


class NoteRepository(Repository[Note]):
    """The notes an audience sees: its own side's, and what the other side shares with it."""

    model = Note

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Note]:
        """A select that starts with what the audience sees."""
        statement = (
            super().query().where(or_(Note.side == self.audience.side, Note.shared_at.is_not(None)))
        )
        if self.audience.side == "client":
            statement = statement.where(Note.contact_id == self.audience.contact_id)
        return statement

    async def card(self, note_id: UUID) -> NoteCard:
        """One note; NotFound for what the audience does not see."""
        values = {**seen_by(self.audience), "note_id": note_id}
        result = await self.session.execute(cards_with(frozenset(values)), values)
        card: NoteCard | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

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

    async def page(
        self, chosen: NoteFilter, *, before: UUID | None, limit: int
    ) -> Sequence[NoteCard]:
        """Notes, newest first, before the note `before`; one more than `limit`, if there are."""
        values = {**seen_by(self.audience), **chosen.values}
        if before is not None:
            values["before"] = before
        statement = cards_with(frozenset(values)).order_by(Note.id.desc())
        result = await self.session.execute(
            statement.limit(bindparam("row_limit")), {**values, "row_limit": limit + 1}
        )
        cards: Sequence[NoteCard] = result.all()
        return cards

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

    async def is_enrolled(self, contact_id: UUID, enrollment_id: UUID) -> bool:
        """Whether this is an enrollment of the contact's."""
        return await self._holds(ENROLLED, contact_id=contact_id, enrollment_id=enrollment_id)

    async def attends(self, contact_id: UUID, appointment_id: UUID) -> bool:
        """Whether the contact has, or had, a seat in this appointment."""
        return await self._holds(ATTENDS, contact_id=contact_id, appointment_id=appointment_id)

    async def _holds(self, statement: Select[bool], **values: Any) -> bool:
        found = await self.session.scalar(statement, {**values, "workspace_id": self.workspace_id})
        return bool(found)
