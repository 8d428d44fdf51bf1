"""Assignments of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select

from app.core.clock import now
from app.models import Assignment, Contact
from app.repositories.assignment_cards import (
    CARDS,
    SUBMISSIONS,
    AssignmentCard,
    SubmissionCard,
    condition,
)
from app.repositories.narrowing import Cards
from app.repositories.two_sided import TwoSidedRepository


class AssignmentRepository(TwoSidedRepository[Assignment]):
    """The assignments an audience sees: the team all of its practice's, a client their own."""

    model = Assignment
    cards = Cards(CARDS, condition)

    @property
    def scope(self) -> dict[str, Any]:
        """The parameters that every statement over `cards` takes; what is late, the clock says."""
        return {**super().scope, "now": now()}

    async def those(self, ids: Sequence[UUID]) -> Sequence[AssignmentCard]:
        """These assignments, the earliest first."""
        found = CARDS.where(Assignment.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
        result = await self.session.execute(
            found.order_by(Assignment.id), {**self.scope, "ids": list(ids)}
        )
        cards: Sequence[AssignmentCard] = result.all()
        return cards

    async def known_contacts(self, ids: Sequence[UUID]) -> set[UUID]:
        """Those of these ids that are contacts of the practice; one statement."""
        found = select(Contact.id).where(
            Contact.workspace_id == self.workspace_id, Contact.id.in_(ids)
        )
        return set(await self.session.scalars(found))

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
