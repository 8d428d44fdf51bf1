"""Private addresses of calendars, each its reader's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CalendarFeed, Contact, Member, Workspace
from app.repositories.base import Repository

READER_IS_HERE = or_(
    CalendarFeed.member_id.is_not(None) & Member.removed_at.is_(None),
    (Contact.portal_status == "active") & Contact.archived_at.is_(None),
)

BEHIND = (
    select(CalendarFeed, Workspace.name)
    .join(Workspace, Workspace.workspace_id == CalendarFeed.workspace_id)
    .outerjoin(
        Member,
        and_(Member.workspace_id == CalendarFeed.workspace_id, Member.id == CalendarFeed.member_id),
    )
    .outerjoin(
        Contact,
        and_(
            Contact.workspace_id == CalendarFeed.workspace_id,
            Contact.id == CalendarFeed.contact_id,
        ),
    )
    .where(
        CalendarFeed.workspace_id == bindparam("workspace_id"),
        CalendarFeed.token_hash == bindparam("token_hash"),
        READER_IS_HERE,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whose appointments a feed shows: a coach's, or a client's."""

    member_id: UUID | None = None
    contact_id: UUID | None = None


class CalendarFeedRepository(Repository[CalendarFeed]):
    """The feeds of one reader in one practice."""

    model = CalendarFeed

    def __init__(self, session: AsyncSession, workspace_id: UUID, reader: Reader) -> None:
        """Speak about this reader's feeds only."""
        super().__init__(session, workspace_id)
        self.reader = reader

    def query(self) -> Select[CalendarFeed]:
        """A select that starts with the reader."""
        return super().query().where(self._own())

    def add(self, row: CalendarFeed) -> CalendarFeed:
        """Keep a new feed, stamped with the reader."""
        row.member_id, row.contact_id = self.reader.member_id, self.reader.contact_id
        return super().add(row)

    async def page(self, *, after: UUID | None, limit: int) -> Sequence[CalendarFeed]:
        """Feeds in the order they were made; one more than `limit`, if there are."""
        statement = self.query().order_by(CalendarFeed.id).limit(limit + 1)
        if after is not None:
            statement = statement.where(CalendarFeed.id > after)
        return (await self.session.scalars(statement)).all()

    async def count(self) -> int:
        """How many the reader has."""
        own = self.query().subquery()
        return await self.session.scalar(select(func.count()).select_from(own)) or 0

    def _own(self) -> ColumnElement[Any]:
        if self.reader.member_id is not None:
            return CalendarFeed.member_id == self.reader.member_id
        return CalendarFeed.contact_id == self.reader.contact_id


async def feed_behind(
    session: AsyncSession, workspace_id: UUID, token_hash: bytes
) -> tuple[CalendarFeed, str] | None:
    """The feed a token stands for and the practice's name; None once its reader has left."""
    values = {"workspace_id": workspace_id, "token_hash": token_hash}
    row = (await session.execute(BEHIND, values)).one_or_none()
    return (row[0], row[1]) if row else None
