"""Following what happens, from where one left off."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi.sse import ServerSentEvent

from app.access.followers import Follower
from app.access.inboxes import holder_of
from app.access.principal import Principal
from app.access.runtime import Runtime
from app.features.notifications.inbox import notification_out
from app.features.notifications.listing import event_out
from app.repositories.event_log import EventLog, EventRow
from app.repositories.notifications import NotificationCard, NotificationRepository

AT_ONCE = 100


async def follow_events(
    runtime: Runtime, principal: Principal, follower: Follower, after: UUID | None
) -> AsyncIterator[ServerSentEvent]:
    """The practice's events after this one, or from now on, in their order; none is left out."""

    async def later(position: UUID | None) -> tuple[UUID, Sequence[EventRow]]:
        async with runtime.database.reading(principal.workspace_id) as session:
            log = EventLog(session, principal.workspace_id)
            if position is None:
                newest = await log.page({}, descending=True, limit=0)
                position = newest[0].id if newest else UUID(int=0)
            return position, await log.page({"after": position}, descending=False, limit=AT_ONCE)

    position = after
    async for _ in follower.looks():
        behind = True
        while behind:
            position, rows = await later(position)
            for row in rows:
                yield ServerSentEvent(data=event_out(row), event=row.type, id=str(row.id))
                position = row.id
            behind = len(rows) > AT_ONCE


async def follow_notifications(
    runtime: Runtime, client: Principal, follower: Follower, after: int | None
) -> AsyncIterator[ServerSentEvent]:
    """The client's notifications after this number, or from now on, in their order."""
    inbox_id = holder_of(client).id

    async def later(position: int | None) -> tuple[int, Sequence[NotificationCard]]:
        async with runtime.database.reading(client.workspace_id) as session:
            own = NotificationRepository(session, client.workspace_id, inbox_id)
            position = await own.last_number() if position is None else position
            return position, await own.later_than(position, limit=AT_ONCE + 1)

    position = after
    async for _ in follower.looks():
        behind = True
        while behind:
            position, rows = await later(position)
            for row in rows:
                position = row["number"]
                data = notification_out(row)
                yield ServerSentEvent(data=data, event="notification", id=str(position))
            behind = len(rows) > AT_ONCE
