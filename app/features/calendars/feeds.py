"""Making and revoking feeds; their addresses are derived anew whenever they are shown."""

from typing import Any
from uuid import UUID

from app.access.callers import PeopleOnly
from app.access.principal import Principal
from app.access.runtime import Runtime
from app.core.errors import Conflict
from app.core.events import publish
from app.core.ids import new_id
from app.core.paging import Page, cut_page, decode_cursor
from app.core.tokens import digest
from app.features.calendars.events import CalendarFeedCreated, CalendarFeedRevoked
from app.features.calendars.schemas_feeds import (
    CalendarFeedIn,
    CalendarFeedOut,
    CalendarFeedQuery,
)
from app.models import CalendarFeed
from app.repositories.calendar_feeds import CalendarFeedRepository, Reader

PREFIX = "cal"
MOST_FEEDS = 10
ORDER = "oldest_first"


class TooManyFeeds(Conflict):
    """The reader has as many feeds as one may have: delete one first."""

    code, title = "too_many_feeds", "Too many calendar feeds"


def reader_of(principal: Principal) -> Reader:
    """Whose appointments the caller's feeds show. Raises PeopleOnly (403) for an API key."""
    if principal.member_id is None and principal.contact_id is None:
        raise PeopleOnly
    return Reader(member_id=principal.member_id, contact_id=principal.contact_id)


async def create_feed(
    feeds: CalendarFeedRepository, body: CalendarFeedIn, principal: Principal, runtime: Runtime
) -> CalendarFeedOut:
    """Make a feed of the caller's own appointments. Raises TooManyFeeds (409)."""
    if await feeds.count() >= MOST_FEEDS:
        raise TooManyFeeds(f"At most {MOST_FEEDS}.")
    feed_id = new_id()
    token = runtime.mint.derive(PREFIX, feeds.workspace_id, feed_id)
    feed = feeds.add(CalendarFeed(id=feed_id, name=body.name, token_hash=digest(token)))
    await feeds.session.flush()
    await publish(feeds.session, CalendarFeedCreated(**_about(feed, principal)))
    return feed_out(feed, runtime)


async def revoke_feed(feeds: CalendarFeedRepository, feed_id: UUID, principal: Principal) -> None:
    """Delete one of the caller's feeds: its address works no more."""
    feed = await feeds.require(feed_id, lock=True)
    await publish(feeds.session, CalendarFeedRevoked(**_about(feed, principal)))
    await feeds.delete(feed)


def _about(feed: CalendarFeed, principal: Principal) -> dict[str, Any]:
    return {
        "workspace_id": feed.workspace_id,
        "actor": principal.actor,
        "contact_id": feed.contact_id,
        "subject_id": feed.id,
        "name": feed.name,
    }


async def list_feeds(
    feeds: CalendarFeedRepository, query: CalendarFeedQuery, runtime: Runtime
) -> Page[CalendarFeedOut]:
    """A page of the caller's feeds in the order they were made."""
    rows = await feeds.page(after=_position(query), limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[CalendarFeedOut].model_construct(
        data=[feed_out(row, runtime) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: CalendarFeedQuery) -> UUID | None:
    if query.cursor is None:
        return None
    feed_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return feed_id


def feed_out(feed: CalendarFeed, runtime: Runtime) -> CalendarFeedOut:
    """A feed with its address, which only its reader is shown."""
    token = runtime.mint.derive(PREFIX, feed.workspace_id, feed.id)
    url = f"{runtime.settings.api_url}/v1/public/calendars/{token}.ics"
    return CalendarFeedOut.model_construct(
        id=feed.id,
        name=feed.name,
        url=url,
        webcal_url=f"webcal://{url.partition('://')[2]}",
        created_at=feed.created_at,
    )
