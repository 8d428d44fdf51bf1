"""Coaches' working hours, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from app.access.callers import requires
from app.access.coaches import NoSuchMember
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.fields import Day
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.availability import schedules as service
from app.features.availability.answers_schedules import list_schedules as listed
from app.features.availability.answers_schedules import tagged
from app.features.availability.hours import HoursTooLong, OverlappingHours
from app.features.availability.schedules import DefaultSchedule, ScheduleInUse
from app.features.availability.schemas_schedules import (
    OverrideIn,
    OverrideOut,
    ScheduleChanges,
    ScheduleIn,
    ScheduleOut,
    ScheduleQuery,
)
from app.models import Schedule
from app.repositories.schedules import ScheduleRepository

router = api_router("/v1/schedules", "schedules")

Reader = Annotated[Principal, Depends(requires(Permission.AVAILABILITY_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.AVAILABILITY_WRITE))]

ScheduleId = Annotated[UUID, Path(alias="schedule_id")]


async def schedule_repository(reader: Reader, session: TenantSession) -> ScheduleRepository:
    """The schedules of the caller's practice."""
    return ScheduleRepository(session, reader.workspace_id)


Schedules = Annotated[ScheduleRepository, Depends(schedule_repository)]


async def schedule_to_change(_: Writer, schedules: Schedules, schedule_id: ScheduleId) -> Schedule:
    """The schedule the path names, locked."""
    return await schedules.require(schedule_id, lock=True)


ScheduleToChange = Annotated[Schedule, Depends(schedule_to_change)]


@router.post("", status_code=201, responses=problems(OverlappingHours, NoSuchMember))
async def create_schedule(
    writer: Writer, body: ScheduleIn, schedules: Schedules, response: Response
) -> ScheduleOut:
    """Add working hours. A coach may have several schedules; the first is their default."""
    card = await service.create_schedule(schedules, body, writer)
    response.headers["Location"] = f"/v1/schedules/{card.id}"
    return tagged(response, card)


@router.get("")
async def list_schedules(
    query: Annotated[ScheduleQuery, Query()], schedules: Schedules
) -> Page[ScheduleOut]:
    """The practice's schedules, or one coach's, in the order they were made."""
    return await listed(schedules, query)


@router.get("/{schedule_id}", response_model=ScheduleOut)
async def get_schedule(
    request: Request, schedules: Schedules, schedule_id: ScheduleId, response: Response
) -> ScheduleOut | Response:
    """A schedule with its weekly hours and every date that differs."""
    card = await schedules.card(schedule_id)
    return not_modified(request, etag(card.version)) or tagged(response, card)


@router.patch("/{schedule_id}", responses=problems(OverlappingHours))
async def change_schedule(
    schedule: ScheduleToChange,
    body: ScheduleChanges,
    schedules: Schedules,
    response: Response,
    if_match: IfMatch = None,
) -> ScheduleOut:
    """Change name, zone or weekly hours, or make it the coach's default."""
    check_version(schedule.version, if_match)
    return tagged(response, await service.change_schedule(schedules, schedule, body))


@router.delete(
    "/{schedule_id}", status_code=204, responses=problems(DefaultSchedule, ScheduleInUse)
)
async def delete_schedule(schedule: ScheduleToChange, schedules: Schedules) -> None:
    """Remove a schedule that nothing is offered in."""
    await service.delete_schedule(schedules, schedule)


@router.put("/{schedule_id}/overrides/{date}", responses=problems(OverlappingHours, HoursTooLong))
async def override_schedule_date(
    schedule: ScheduleToChange,
    date: Annotated[Day, Path()],
    body: OverrideIn,
    schedules: Schedules,
) -> OverrideOut:
    """Put other hours on a date, or close it with none."""
    return await service.override_date(schedules, schedule, date, body)


@router.delete("/{schedule_id}/overrides/{date}", status_code=204)
async def restore_schedule_date(
    schedule: ScheduleToChange, date: Annotated[Day, Path()], schedules: Schedules
) -> None:
    """Return a date to its weekly hours."""
    await service.restore_date(schedules, schedule, date)
