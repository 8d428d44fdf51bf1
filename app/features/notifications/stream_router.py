"""Everything that happens in the practice, as it happens."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.access.callers import requires
from app.access.followers import CurrentFollower
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.core.problem_catalogue import problems
from app.core.streams import TooManyStreams
from app.core.strict_route import api_router
from app.features.notifications.following import follow_events

router = api_router("/v1/events", "events")

EventReader = Annotated[Principal, Depends(requires(Permission.EVENTS_READ))]
LastEvent = Annotated[
    UUID | None, Header(alias="Last-Event-ID", description="Go on after this event.")
]


@router.get("/stream", response_class=EventSourceResponse, responses=problems(TooManyStreams))
async def stream_events(
    reader: EventReader, runtime: RuntimeInApp, follower: CurrentFollower, after: LastEvent = None
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: the log from now on, or from `Last-Event-ID`.

    Each is as `GET /v1/events` gives it. Ends with the access token: come back with a fresh one.
    """
    async for event in follow_events(runtime, reader, follower, after):
        yield event
