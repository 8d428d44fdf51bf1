"""Comments of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.models import Comment
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.comment_cards import CARD, CARDS, PAGES, CommentCard, Thread


class CommentRepository(Repository[Comment]):
    """The comments an audience sees: all but those the other side wrote for itself."""

    model = Comment

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Comment]:
        """A select that starts with what the audience sees."""
        statement = (
            super()
            .query()
            .where(or_(Comment.side == self.audience.side, Comment.internal.is_(False)))
        )
        if self.audience.side == "client":
            statement = statement.where(Comment.contact_id == self.audience.contact_id)
        return statement

    async def card(self, comment_id: UUID) -> CommentCard:
        """A comment the audience is known to see."""
        result = await self.session.execute(CARD, {**self._scope(), "comment_id": comment_id})
        card: CommentCard = result.one()
        return card

    async def page(
        self, thread: Thread, *, descending: bool, position: UUID | None, limit: int
    ) -> Sequence[CommentCard]:
        """A thread's comments beyond the one at `position`; one more than `limit`, if there are."""
        values = {**self._scope(), **thread.values, "row_limit": limit + 1}
        if position is not None:
            values["position"] = position
        result = await self.session.execute(PAGES[descending, position is not None], values)
        cards: Sequence[CommentCard] = result.all()
        return cards

    async def mark_seen(self, ids: Sequence[UUID]) -> None:
        """Note that the audience has read these comments of the other side; once only."""
        await self.session.execute(
            update(Comment)
            .where(
                Comment.workspace_id == self.workspace_id,
                Comment.id.in_(ids),
                Comment.side != self.audience.side,
                Comment.seen_at.is_(None),
            )
            .values(seen_at=now())
        )

    async def take_unmailed(self, thread: Thread) -> Sequence[CommentCard]:
        """The other side's comments that the audience was not mailed yet, in order.

        They count as mailed from now on; those deleted meanwhile are left out.
        """
        taken = await self.session.scalars(
            update(Comment)
            .where(
                *self._in(thread.kind, thread.subject_id),
                Comment.contact_id == thread.contact_id,
                Comment.side != self.audience.side,
                Comment.internal.is_(False),
                Comment.mailed_at.is_(None),
            )
            .values(mailed_at=now())
            .returning(Comment.id)
        )
        cards = CARDS.where(Comment.id.in_(taken.all()), Comment.deleted_at.is_(None))
        result = await self.session.execute(cards.order_by(Comment.id), self._scope())
        comments: Sequence[CommentCard] = result.all()
        return comments

    async def events_of(
        self, kind: str, subject_id: UUID, *, contact_id: UUID | None = None
    ) -> Sequence[UUID]:
        """The events by which all comments on a thing, or those with one contact, were told."""
        statement = select(Comment.event_id).where(*self._in(kind, subject_id))
        if contact_id is not None:
            statement = statement.where(Comment.contact_id == contact_id)
        found = await self.session.scalars(statement.where(Comment.event_id.is_not(None)))
        return [event_id for event_id in found if event_id]

    async def remove_all(self, kind: str, subject_id: UUID) -> None:
        """Remove whatever was said about a thing that is going."""
        await self.session.execute(delete(Comment).where(*self._in(kind, subject_id)))

    def _in(self, kind: str, subject_id: UUID) -> tuple[Any, ...]:
        return (
            Comment.workspace_id == self.workspace_id,
            Comment.subject_kind == kind,
            Comment.subject_id == subject_id,
        )

    def _scope(self) -> dict[str, Any]:
        return {"workspace_id": self.workspace_id, "side": self.audience.side}
