"""Feeds of a coach's own appointments, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query

from app.access.callers import PeopleOnly, requires
from app.access.permissions import Permission
from app.access.principal import Principal
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

router = api_router("/v1/calendar-feeds", "calendars")

Coach = Annotated[Principal, Depends(requires(Permission.CALENDARS_READ))]


async def feed_repository(coach: Coach, session: TenantSession) -> CalendarFeedRepository:
    """The caller's own feeds."""
    return CalendarFeedRepository(session, coach.workspace_id, reader_of(coach))


Feeds = Annotated[CalendarFeedRepository, Depends(feed_repository)]


@router.post(
    "",
    status_code=201,
    dependencies=[SecretAnswer],
    responses=problems(TooManyFeeds, PeopleOnly),
)
async def create_calendar_feed(
    body: CalendarFeedIn, feeds: Feeds, coach: Coach, runtime: RuntimeInApp
) -> CalendarFeedOut:
    """Make a private address at which calendar programs find the caller's appointments.

    It is a secret: the answer is not kept under an Idempotency-Key.
    """
    return await service.create_feed(feeds, body, coach, runtime)


@router.get("", responses=problems(PeopleOnly))
async def list_calendar_feeds(
    query: Annotated[CalendarFeedQuery, Query()], feeds: Feeds, runtime: RuntimeInApp
) -> Page[CalendarFeedOut]:
    """The caller's own feeds, with their addresses."""
    return await service.list_feeds(feeds, query, runtime)


@router.delete("/{feed_id}", status_code=204, responses=problems(PeopleOnly))
async def revoke_calendar_feed(
    feed_id: Annotated[UUID, Path()], feeds: Feeds, coach: Coach
) -> None:
    """Revoke a feed: its address works no more."""
    await service.revoke_feed(feeds, feed_id, coach)
