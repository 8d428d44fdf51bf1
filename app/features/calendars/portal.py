"""Feeds of a client's own appointments, client side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query

from app.access.callers import CurrentClient
from app.access.runtime import RuntimeInApp
from app.access.sessions import SecretAnswer, TenantSession
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.calendars import feeds as service
from app.features.calendars.feeds import TooManyFeeds, reader_of
from app.features.calendars.schemas_feeds import (
    CalendarFeedIn,
    CalendarFeedOut,
    CalendarFeedQuery,
)
from app.repositories.calendar_feeds import CalendarFeedRepository

router = api_router("/v1/portal/calendar-feeds", "calendars")


async def own_feed_repository(
    client: CurrentClient, session: TenantSession
) -> CalendarFeedRepository:
    """The client's own feeds."""
    return CalendarFeedRepository(session, client.workspace_id, reader_of(client))


Feeds = Annotated[CalendarFeedRepository, Depends(own_feed_repository)]


@router.post("", status_code=201, dependencies=[SecretAnswer], responses=problems(TooManyFeeds))
async def create_own_calendar_feed(
    body: CalendarFeedIn,
    feeds: Feeds,
    client: CurrentClient,
    runtime: RuntimeInApp,
) -> CalendarFeedOut:
    """Make a private address at which calendar programs find the client's own appointments.

    It is a secret: the answer is not kept under an Idempotency-Key.
    """
    return await service.create_feed(feeds, body, client, runtime)


@router.get("")
async def list_own_calendar_feeds(
    query: Annotated[CalendarFeedQuery, Query()], feeds: Feeds, runtime: RuntimeInApp
) -> Page[CalendarFeedOut]:
    """The client's own feeds, with their addresses."""
    return await service.list_feeds(feeds, query, runtime)


@router.delete("/{feed_id}", status_code=204)
async def revoke_own_calendar_feed(
    feed_id: Annotated[UUID, Path()], feeds: Feeds, client: CurrentClient
) -> None:
    """Revoke a feed: its address works no more."""
    await service.revoke_feed(feeds, feed_id, client)
