"""What one person is told inside the app, and what of it they have read."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, Uuid, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Notification
from app.repositories.base import Repository

FIELDS = (
    "id",
    "number",
    "type",
    "event_id",
    "contact_id",
    "subject_id",
    "title",
    "summary",
    "path",
    "read_at",
    "created_at",
)
COLUMNS = tuple(Notification.__table__.c[name] for name in FIELDS)
OWN = (
    Notification.workspace_id == bindparam("workspace_id", type_=Uuid()),
    Notification.inbox_id == bindparam("inbox_id", type_=Uuid()),
)
ALL = select(*COLUMNS).where(*OWN)
UNREAD = Notification.read_at.is_(None)
NEWEST = select(func.max(Notification.number)).where(*OWN)
COUNT = select(func.count()).select_from(Notification).where(*OWN, UNREAD)

READ_ALL = text("""
UPDATE notifications SET read_at = :at
WHERE workspace_id = :workspace_id AND inbox_id = :inbox_id AND read_at IS NULL
  AND number <= coalesce(
    (SELECT number FROM notifications
     WHERE workspace_id = :workspace_id AND inbox_id = :inbox_id AND id = :up_to),
    (SELECT max(number) FROM notifications
     WHERE workspace_id = :workspace_id AND inbox_id = :inbox_id AND id < :up_to))
""").bindparams(
    bindparam("workspace_id", type_=Uuid()),
    bindparam("inbox_id", type_=Uuid()),
    bindparam("up_to", type_=Uuid()),
)
"""Numbers become visible in their order, so none that is smaller can turn up later. One that was
taken back meanwhile still says how far its reader had come."""

NotificationCard = RowMapping
"""A notification as the columns of FIELDS."""


class NotificationRepository(Repository[Notification]):
    """The notifications of one inbox, the newest first."""

    model = Notification

    def __init__(self, session: AsyncSession, workspace_id: UUID, inbox_id: UUID) -> None:
        """Speak through `session`, about this inbox only."""
        super().__init__(session, workspace_id)
        self.inbox_id = inbox_id

    def query(self) -> Select[Notification]:
        """A select that starts inside the inbox."""
        return super().query().where(Notification.inbox_id == self.inbox_id)

    async def page(self, filters: dict[str, Any], *, limit: int) -> Sequence[NotificationCard]:
        """Up to `limit + 1` of those that fit the filters of FILTERS that are given."""
        given = {name: value for name, value in filters.items() if value is not None}
        unread = given.pop("unread", None)
        statement = _page_statement(frozenset(given), unread=unread)
        values = {**given, **self._own(), "row_limit": limit + 1}
        return (await self.session.execute(statement, values)).mappings().all()

    async def later_than(self, number: int, *, limit: int) -> Sequence[NotificationCard]:
        """Those after this number, the oldest first."""
        values = {**self._own(), "number": number, "row_limit": limit}
        return (await self.session.execute(LATER, values)).mappings().all()

    async def last_number(self) -> int:
        """The number of the newest; 0 where there is none."""
        return await self.session.scalar(NEWEST, self._own()) or 0

    async def card(self, notification_id: UUID) -> NotificationCard:
        """One of them; NotFound for anybody else's."""
        statement = ALL.where(Notification.id == bindparam("id"))
        rows = await self.session.execute(statement, {**self._own(), "id": notification_id})
        row = rows.mappings().one_or_none()
        if row is None:
            raise NotFound
        return row

    async def unread(self) -> int:
        """How many wait to be read."""
        return await self.session.scalar(COUNT, self._own()) or 0

    async def mark(self, notification_id: UUID, *, read: bool) -> None:
        """Say that it was read, or is to be read once more; a second time changes nothing."""
        await self.session.execute(
            update(Notification)
            .where(
                Notification.workspace_id == self.workspace_id,
                Notification.inbox_id == self.inbox_id,
                Notification.id == notification_id,
                Notification.read_at.is_(None) if read else Notification.read_at.is_not(None),
            )
            .values(read_at=now() if read else None)
        )

    async def read_all(self, up_to: UUID) -> None:
        """Say that this one and all before it were read."""
        await self.session.execute(READ_ALL, {**self._own(), "up_to": up_to, "at": now()})

    def _own(self) -> dict[str, Any]:
        return {"workspace_id": self.workspace_id, "inbox_id": self.inbox_id}


FILTERS = {
    "type": Notification.type == bindparam("type"),
    "before": Notification.number < bindparam("before"),
}
LATER = (
    ALL.where(Notification.number > bindparam("number"))
    .order_by(Notification.number)
    .limit(bindparam("row_limit"))
)


@lru_cache(maxsize=16)
def _page_statement(names: frozenset[str], *, unread: bool | None) -> Select[*tuple[Any, ...]]:
    conditions = [FILTERS[name] for name in sorted(names)]
    if unread is not None:
        conditions.append(UNREAD if unread else Notification.read_at.is_not(None))
    newest_first = ALL.where(*conditions).order_by(Notification.number.desc())
    return newest_first.limit(bindparam("row_limit"))
