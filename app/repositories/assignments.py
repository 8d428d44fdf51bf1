"""Assignments of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Assignment, Contact
from app.repositories.assignment_cards import (
    SUBMISSIONS,
    AssignmentCard,
    AssignmentFilter,
    SubmissionCard,
    cards_with,
    seen_by,
)
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.notes import ENROLLED


class AssignmentRepository(Repository[Assignment]):
    """The assignments an audience sees: the team all of its practice's, a client their own."""

    model = Assignment

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Assignment]:
        """A select that starts with what the audience sees."""
        statement = super().query()
        if self.audience.side == "client":
            statement = statement.where(Assignment.contact_id == self.audience.contact_id)
        return statement

    async def card(self, assignment_id: UUID) -> AssignmentCard:
        """One assignment; NotFound for what the audience does not see."""
        values = {**self._seen(), "assignment_id": assignment_id}
        result = await self.session.execute(cards_with(frozenset(values)), values)
        card: AssignmentCard | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def cards(self, ids: Sequence[UUID]) -> Sequence[AssignmentCard]:
        """These assignments, the earliest first."""
        values = self._seen()
        statement = cards_with(frozenset(values)).where(
            Assignment.id == any_(bindparam("ids", type_=ARRAY(Uuid())))
        )
        ordered = statement.order_by(Assignment.id)
        cards: Sequence[AssignmentCard] = (
            await self.session.execute(ordered, {**values, "ids": list(ids)})
        ).all()
        return cards

    async def page(
        self, chosen: AssignmentFilter, *, before: UUID | None, limit: int
    ) -> Sequence[AssignmentCard]:
        """Assignments, newest first, before `before`; one more than `limit`, if there are."""
        values = {**self._seen(), **chosen.values}
        if before is not None:
            values["before"] = before
        statement = cards_with(frozenset(values)).order_by(Assignment.id.desc())
        result = await self.session.execute(
            statement.limit(bindparam("row_limit")), {**values, "row_limit": limit + 1}
        )
        cards: Sequence[AssignmentCard] = result.all()
        return cards

    async def known_contacts(self, ids: Sequence[UUID]) -> set[UUID]:
        """Those of these ids that are contacts of the practice; one statement."""
        found = select(Contact.id).where(
            Contact.workspace_id == self.workspace_id, Contact.id.in_(ids)
        )
        return set(await self.session.scalars(found))

    async def is_enrolled(self, contact_id: UUID, enrollment_id: UUID) -> bool:
        """Whether this is an enrollment of the contact's."""
        scope = {"workspace_id": self.workspace_id, "contact_id": contact_id}
        found = await self.session.scalar(ENROLLED, {**scope, "enrollment_id": enrollment_id})
        return bool(found)

    async def submissions(self, assignment_id: UUID) -> Sequence[SubmissionCard]:
        """All that was handed in, the latest first."""
        values = {"workspace_id": self.workspace_id, "assignment_id": assignment_id}
        cards: Sequence[SubmissionCard] = (await self.session.execute(SUBMISSIONS, values)).all()
        return cards

    async def latest_submission(self, assignment_id: UUID) -> SubmissionCard | None:
        """What was handed in last."""
        values = {"workspace_id": self.workspace_id, "assignment_id": assignment_id}
        latest: SubmissionCard | None = (
            await self.session.execute(SUBMISSIONS.limit(1), values)
        ).one_or_none()
        return latest

    def _seen(self) -> dict[str, Any]:
        return {**seen_by(self.audience), "now": now()}
