"""The log of events: read by those who react to them, and page by page by integrations."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Select, Uuid, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import Actor, RecordedEvent
from app.models import Event
from app.repositories.base import Repository

CLOCKS_APART = timedelta(seconds=2)
"""How much the clocks of the API's machines and the database's may differ."""

COLUMNS = (
    Event.id,
    Event.type,
    Event.actor_kind,
    Event.actor_id,
    Event.contact_id,
    Event.subject_id,
    Event.data,
    Event.created_at,
)
OF_WORKSPACE = select(*COLUMNS).where(Event.workspace_id == bindparam("workspace_id", type_=Uuid()))
BY_IDS = OF_WORKSPACE.where(Event.id == any_(bindparam("ids", type_=ARRAY(Uuid())))).order_by(
    Event.id
)

OLDEST_OPEN_TRANSACTION = text("""
SELECT min(xact_start)
FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
  AND pid <> pg_backend_pid()
  AND (backend_xid IS NOT NULL OR xact_start > clock_timestamp() - interval '10 seconds')
""")

EventRow = Row[*tuple[Any, ...]]


async def recorded_events(
    session: AsyncSession, workspace_id: UUID, ids: Sequence[UUID]
) -> list[RecordedEvent]:
    """These events of one workspace, in the order they happened."""
    rows = await session.execute(BY_IDS, {"workspace_id": workspace_id, "ids": ids})
    return [_recorded(workspace_id, row) for row in rows]


class EventLog(Repository[Event]):
    """One practice's events, ordered by id: a UUIDv7, sorted by the time it was made."""

    model = Event

    async def page(
        self, filters: dict[str, Any], *, descending: bool, limit: int
    ) -> Sequence[EventRow]:
        """Up to `limit + 1` events that fit the filters of FILTERS that are given.

        Oldest first, it stops before events that a transaction still open may slip in front
        of: whoever has read up to an event has read everything before it.
        """
        values = {name: value for name, value in filters.items() if value is not None}
        if not descending and (settled := await self._settled_until()):
            values["settled_until"] = _first_id_at(settled)
        statement = _page_statement(frozenset(values), descending=descending)
        parameters = {**values, "workspace_id": self.workspace_id, "row_limit": limit + 1}
        return (await self.session.execute(statement, parameters)).all()

    async def _settled_until(self) -> datetime | None:
        oldest = await self.session.scalar(OLDEST_OPEN_TRANSACTION)
        return oldest - CLOCKS_APART if oldest else None


FILTERS = {
    "type": Event.type == bindparam("type"),
    "contact_id": Event.contact_id == bindparam("contact_id"),
    "after": Event.id > bindparam("after"),
    "before": Event.id < bindparam("before"),
    "settled_until": Event.id < bindparam("settled_until"),
}


@lru_cache(maxsize=128)
def _page_statement(names: frozenset[str], *, descending: bool) -> Select[*tuple[Any, ...]]:
    order = Event.id.desc() if descending else Event.id.asc()
    conditions = (FILTERS[name] for name in sorted(names))
    return OF_WORKSPACE.where(*conditions).order_by(order).limit(bindparam("row_limit"))


def _first_id_at(instant: datetime) -> UUID:
    """The smallest UUIDv7 of an instant (RFC 9562 5.7: 48 bits of milliseconds come first)."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)


def _recorded(workspace_id: UUID, row: EventRow) -> RecordedEvent:
    return RecordedEvent(
        workspace_id=workspace_id,
        id=row.id,
        type=row.type,
        actor=Actor(row.actor_kind, row.actor_id),
        contact_id=row.contact_id,
        subject_id=row.subject_id,
        data=row.data,
        at=row.created_at,
    )
