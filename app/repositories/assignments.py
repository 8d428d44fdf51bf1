"""Assignments of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Assignment, Comment, Contact, Submission
from app.repositories.audiences import Audience
from app.repositories.base import Repository

FIELDS = (
    "id",
    "contact_id",
    "author_id",
    "title",
    "instructions",
    "instructions_html",
    "due_at",
    "status",
    "latest_number",
    "submitted_at",
    "return_comment",
    "closed_at",
    "version",
    "created_at",
    "updated_at",
)

AssignmentCard = Row[*tuple[Any, ...]]
"""FIELDS and the `comment_count` of those the audience sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFilter:
    """What assignments must match, all of it; None means: does not matter."""

    contact_id: UUID | None = None
    status: str | None = None


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
        found = self._cards().where(Assignment.id == assignment_id)
        card: AssignmentCard | None = (await self.session.execute(found)).one_or_none()
        if card is None:
            raise NotFound
        return card

    async def cards(self, ids: Sequence[UUID]) -> Sequence[AssignmentCard]:
        """These assignments, the earliest first."""
        found = self._cards().where(Assignment.id.in_(ids)).order_by(Assignment.id)
        cards: Sequence[AssignmentCard] = (await self.session.execute(found)).all()
        return cards

    async def page(
        self, chosen: AssignmentFilter, *, before: UUID | None, limit: int
    ) -> Sequence[AssignmentCard]:
        """Assignments, newest first, before `before`; one more than `limit`, if there are."""
        statement = self._cards().order_by(Assignment.id.desc()).limit(limit + 1)
        if chosen.contact_id is not None:
            statement = statement.where(Assignment.contact_id == chosen.contact_id)
        if chosen.status is not None:
            statement = statement.where(Assignment.status == chosen.status)
        if before is not None:
            statement = statement.where(Assignment.id < before)
        cards: Sequence[AssignmentCard] = (await self.session.execute(statement)).all()
        return cards

    async def known_contacts(self, ids: Sequence[UUID]) -> set[UUID]:
        """Those of these ids that are contacts of the practice; one statement."""
        found = select(Contact.id).where(
            Contact.workspace_id == self.workspace_id, Contact.id.in_(ids)
        )
        return set(await self.session.scalars(found))

    async def submissions(self, assignment_id: UUID) -> Sequence[Submission]:
        """All that was handed in, the latest first."""
        found = select(Submission).where(
            Submission.workspace_id == self.workspace_id,
            Submission.assignment_id == assignment_id,
        )
        return (await self.session.scalars(found.order_by(Submission.number.desc()))).all()

    async def latest_text(self, assignment: Assignment) -> str | None:
        """What was handed in last."""
        return await self.session.scalar(
            select(Submission.text).where(
                Submission.workspace_id == self.workspace_id,
                Submission.assignment_id == assignment.id,
                Submission.number == assignment.latest_number,
            )
        )

    def _cards(self) -> Select[Any]:
        seen = or_(Comment.side == self.audience.side, Comment.internal.is_(False))
        comments = (
            select(func.count())
            .where(
                Comment.workspace_id == Assignment.workspace_id,
                Comment.subject_kind == "assignment",
                Comment.subject_id == Assignment.id,
                Comment.contact_id == Assignment.contact_id,
                Comment.deleted_at.is_(None),
                seen,
            )
            .correlate(Assignment)
            .scalar_subquery()
        )
        columns = (Assignment.__table__.c[name] for name in FIELDS)
        return self.query().with_only_columns(*columns, comments.label("comment_count"))
