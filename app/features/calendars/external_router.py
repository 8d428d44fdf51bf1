"""Calendars that coaches keep elsewhere, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from app.access.callers import CurrentPrincipal, requires
from app.access.coaches import NoSuchMember
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.errors import TooManyRequests
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.calendars import external as service
from app.features.calendars.external import TooManyCalendars, calendar_out
from app.features.calendars.jobs import sync_now
from app.features.calendars.schemas_external import (
    ExternalCalendarChanges,
    ExternalCalendarIn,
    ExternalCalendarOut,
    ExternalCalendarQuery,
)
from app.models import ExternalCalendar
from app.repositories.external_calendars import ExternalCalendarRepository

router = api_router("/v1/external-calendars", "calendars")

SYNCS = Policy(name="calendar-syncs", limit=10, per_seconds=600)
"""How often one calendar is read because somebody asks."""

Reader = Annotated[Principal, Depends(requires(Permission.CALENDARS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CALENDARS_WRITE))]

CalendarId = Annotated[UUID, Path(alias="calendar_id")]


async def calendar_repository(reader: Reader, session: TenantSession) -> ExternalCalendarRepository:
    """The calendars elsewhere of the caller's practice."""
    return ExternalCalendarRepository(session, reader.workspace_id)


Calendars = Annotated[ExternalCalendarRepository, Depends(calendar_repository)]


async def calendar_to_change(
    _: Writer, calendars: Calendars, calendar_id: CalendarId
) -> ExternalCalendar:
    """The calendar the path names, locked."""
    return await calendars.require(calendar_id, lock=True)


CalendarToChange = Annotated[ExternalCalendar, Depends(calendar_to_change)]


async def not_too_often(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal, calendar_id: CalendarId
) -> None:
    """Refuse (429) to read a calendar again and again."""
    key = f"{principal.workspace_id}:{calendar_id}"
    await runtime.throttle.hit(key, SYNCS, request=request)


@router.post("", status_code=201, responses=problems(NoSuchMember, TooManyCalendars))
async def connect_calendar(
    writer: Writer, body: ExternalCalendarIn, calendars: Calendars, response: Response
) -> ExternalCalendarOut:
    """Connect a calendar: it is read at once, and what stands in it is not offered any more."""
    calendar = await service.connect(calendars, body, writer)
    response.headers["Location"] = f"/v1/external-calendars/{calendar.id}"
    return calendar_out(calendar, writer)


@router.get("")
async def list_external_calendars(
    query: Annotated[ExternalCalendarQuery, Query()], calendars: Calendars, reader: Reader
) -> Page[ExternalCalendarOut]:
    """The practice's connected calendars, or one coach's, in the order they were added."""
    return await service.list_calendars(calendars, query, reader)


@router.get("/{calendar_id}")
async def get_external_calendar(
    calendars: Calendars, calendar_id: CalendarId, reader: Reader
) -> ExternalCalendarOut:
    """A connected calendar, and how reading it fares."""
    return calendar_out(await calendars.require(calendar_id), reader)


@router.patch("/{calendar_id}")
async def change_external_calendar(
    calendar: CalendarToChange, body: ExternalCalendarChanges, calendars: Calendars, writer: Writer
) -> ExternalCalendarOut:
    """Rename a calendar, or say where it is now."""
    return calendar_out(await service.change(calendars, calendar, body, writer), writer)


@router.delete("/{calendar_id}", status_code=204)
async def disconnect_calendar(
    calendar: CalendarToChange, calendars: Calendars, writer: Writer
) -> None:
    """Forget a calendar and what stood in it."""
    await service.disconnect(calendars, calendar, writer)


@router.post(
    "/{calendar_id}/sync",
    status_code=202,
    dependencies=[Depends(not_too_often)],
    responses=problems(TooManyRequests),
)
async def sync_calendar(
    calendar: CalendarToChange, session: TenantSession, writer: Writer
) -> ExternalCalendarOut:
    """Read a calendar now instead of within a quarter of an hour; `attempted_at` tells when."""
    await sync_now(session, calendar.workspace_id, calendar.id)
    return calendar_out(calendar, writer)
