"""Connecting calendars kept elsewhere, changing and removing them."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app.access.coaches import coach_or_self
from app.access.principal import Principal
from app.core.errors import Conflict
from app.core.events import publish
from app.core.fields import changes
from app.core.paging import Page, cut_page, decode_cursor
from app.features.calendars.events import (
    CalendarChanged,
    CalendarConnected,
    CalendarDisconnected,
)
from app.features.calendars.failures import IN_WORDS
from app.features.calendars.jobs import sync_no_more, sync_now
from app.features.calendars.outcomes import about
from app.features.calendars.schemas_external import (
    ExternalCalendarChanges,
    ExternalCalendarIn,
    ExternalCalendarOut,
    ExternalCalendarQuery,
)
from app.models import ExternalCalendar
from app.repositories.external_calendars import ExternalCalendarRepository

MOST_CALENDARS = 10
ORDER = "oldest_first"
PLAIN = (
    *("id", "coach_id", "name", "failing_since", "synced_at", "attempted_at"),
    *("created_at", "updated_at"),
)
"""What an answer takes from the row as it is."""


class TooManyCalendars(Conflict):
    """The coach has as many calendars connected as one may have."""

    code, title = "too_many_calendars", "Too many calendars"


async def connect(
    calendars: ExternalCalendarRepository, body: ExternalCalendarIn, principal: Principal
) -> ExternalCalendar:
    """Add a calendar and have it read at once.

    Raises NoSuchMember (422) and TooManyCalendars (409).
    """
    coach_id = await coach_or_self(calendars.session, principal, body.coach_id)
    if await calendars.count(coach_id) >= MOST_CALENDARS:
        raise TooManyCalendars(f"At most {MOST_CALENDARS} for one coach.")
    calendar = calendars.add(ExternalCalendar(coach_id=coach_id, name=body.name, url=body.url))
    await calendars.session.flush()
    await sync_now(calendars.session, calendar.workspace_id, calendar.id)
    await publish(calendars.session, CalendarConnected(**_by(principal, calendar)))
    return calendar


async def change(
    calendars: ExternalCalendarRepository,
    calendar: ExternalCalendar,
    body: ExternalCalendarChanges,
    principal: Principal,
) -> ExternalCalendar:
    """Rename a calendar, whose row is locked, or read it at another address from now on.

    The old copy stands in until the new address was read.
    """
    values = changes(body)
    moved = values.get("url", calendar.url) != calendar.url
    if not moved and values.get("name", calendar.name) == calendar.name:
        return calendar
    for name, value in values.items():
        setattr(calendar, name, value)
    if moved:
        _start_anew(calendar)
        await sync_now(calendars.session, calendar.workspace_id, calendar.id)
    await publish(calendars.session, CalendarChanged(**_by(principal, calendar)))
    await calendars.session.flush()
    return calendar


def _start_anew(calendar: ExternalCalendar) -> None:
    calendar.generation += 1
    calendar.etag = calendar.last_modified = calendar.digest = calendar.read_on = None
    calendar.synced_at = calendar.attempted_at = None
    calendar.failures, calendar.failing_since = 0, None
    calendar.last_error, calendar.outage_told = None, False


async def disconnect(
    calendars: ExternalCalendarRepository, calendar: ExternalCalendar, principal: Principal
) -> None:
    """Remove a calendar with its copy: its times are free again."""
    await publish(calendars.session, CalendarDisconnected(**_by(principal, calendar)))
    await sync_no_more(calendars.session, calendar.id)
    await calendars.delete(calendar)


def _by(principal: Principal, calendar: ExternalCalendar) -> dict[str, Any]:
    return {**about(calendar), "actor": principal.actor}


async def list_calendars(
    calendars: ExternalCalendarRepository, query: ExternalCalendarQuery, principal: Principal
) -> Page[ExternalCalendarOut]:
    """A page of calendars in the order they were added."""
    rows = await calendars.page(coach_id=query.coach_id, after=_position(query), limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[ExternalCalendarOut].model_construct(
        data=[calendar_out(row, principal) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: ExternalCalendarQuery) -> UUID | None:
    if query.cursor is None:
        return None
    calendar_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return calendar_id


def calendar_out(row: ExternalCalendar, principal: Principal) -> ExternalCalendarOut:
    """A calendar as this caller may see it."""
    shown: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    return ExternalCalendarOut.model_construct(
        **shown | {"error": row.last_error},
        url=row.url if row.coach_id == principal.member_id else _without_secret(row.url),
        status="failing" if row.failures else "ok" if row.synced_at else "pending",
        error_detail=IN_WORDS[row.last_error] if row.last_error else None,
    )


def _without_secret(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/…"
