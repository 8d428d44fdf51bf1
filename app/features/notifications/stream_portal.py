"""What a client is told, as they are told it."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.access.callers import CurrentClient
from app.access.followers import CurrentFollower
from app.access.runtime import RuntimeInApp
from app.core.problem_catalogue import problems
from app.core.streams import TooManyStreams
from app.core.strict_route import api_router
from app.features.notifications.following import follow_notifications

router = api_router("/v1/portal/events", "notifications")

LastNumber = Annotated[
    int | None,
    Header(alias="Last-Event-ID", ge=0, le=2**53 - 1, description="Go on after this one."),
]


@router.get("/stream", response_class=EventSourceResponse, responses=problems(TooManyStreams))
async def stream_portal_notifications(
    client: CurrentClient,
    runtime: RuntimeInApp,
    follower: CurrentFollower,
    after: LastNumber = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: the client's own notifications from now on, or from `Last-Event-ID`.

    Each is as `GET /v1/portal/notifications` gives it. Ends with the access token.
    """
    async for event in follow_notifications(runtime, client, follower, after):
        yield event
