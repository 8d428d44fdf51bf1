"""Making schedules, changing them, and what they say on certain dates."""

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.access.coaches import coach_or_self
from app.access.principal import Principal
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict, NotFound
from app.core.fields import changes
from app.features.availability.hours import date_hours, intervals_out, weekly_rules
from app.features.availability.schemas_schedules import (
    OverrideIn,
    OverrideOut,
    ScheduleChanges,
    ScheduleIn,
)
from app.models import Schedule
from app.repositories.schedules import ScheduleCard, ScheduleRepository

HELD_BY = {
    "appointment_types_workspace_id_schedule_id_fkey": "appointment types",
}


class ScheduleInUse(Conflict):
    """Something is offered in the hours of this schedule."""

    code, title = "schedule_in_use", "This schedule is in use"


class DefaultSchedule(Conflict):
    """The coach's default can't go while there are others: make one of them the default."""

    code, title = "default_schedule", "This is the coach's default schedule"


async def create_schedule(
    schedules: ScheduleRepository, body: ScheduleIn, principal: Principal
) -> ScheduleCard:
    """Add a schedule; it is its maker's unless the body names another coach.

    Raises OverlappingHours and NoSuchMember (422).
    """
    rules = weekly_rules(body.rules)
    coach_id = await coach_or_self(schedules.session, principal, body.coach_id)
    first = not await schedules.has_any(coach_id)
    if body.is_default and not first:
        await schedules.clear_default(coach_id)
    schedule = schedules.add(
        Schedule(
            coach_id=coach_id,
            name=body.name,
            time_zone=body.time_zone,
            is_default=body.is_default or first,
        )
    )
    await schedules.session.flush()
    await schedules.replace_rules(schedule.id, rules)
    return await schedules.card(schedule.id)


async def change_schedule(
    schedules: ScheduleRepository, schedule: Schedule, body: ScheduleChanges
) -> ScheduleCard:
    """Give a schedule, whose row is locked, another name, zone, place or other hours."""
    values = changes(body)
    if "rules" in values:
        await schedules.replace_rules(schedule.id, weekly_rules(body.rules))
    if values.pop("is_default", False) and not schedule.is_default:
        await _make_default(schedules, schedule)
    await _save(schedules, schedule, values)
    return await schedules.card(schedule.id)


async def _make_default(schedules: ScheduleRepository, schedule: Schedule) -> None:
    await schedules.clear_default(schedule.coach_id)
    schedule.is_default = True


async def _save(schedules: ScheduleRepository, schedule: Schedule, values: dict[str, Any]) -> None:
    """Other hours are a new version of the schedule, too."""
    for name in values.keys() - {"rules"}:
        setattr(schedule, name, values[name])
    if "rules" in values:
        _touch(schedule)
    await schedules.session.flush()


def _touch(schedule: Schedule) -> None:
    schedule.updated_at = now()


async def delete_schedule(schedules: ScheduleRepository, schedule: Schedule) -> None:
    """Remove a schedule nothing is offered in. Raises DefaultSchedule, ScheduleInUse (409)."""
    if schedule.is_default and await schedules.other_than(schedule):
        raise DefaultSchedule
    try:
        await schedules.delete(schedule)
    except IntegrityError as error:
        holder = HELD_BY.get(violated_constraint(error) or "", "programs")
        raise ScheduleInUse(f"Some {holder} use it.") from None


async def override_date(
    schedules: ScheduleRepository, schedule: Schedule, day: date, body: OverrideIn
) -> OverrideOut:
    """Put other hours, or none, on a date. Raises OverlappingHours, HoursTooLong (422)."""
    hours = date_hours(body.intervals)
    await schedules.override(schedule.id, day, hours)
    _touch(schedule)
    await schedules.session.flush()
    return OverrideOut.model_construct(date=day, intervals=intervals_out(hours))


async def restore_date(schedules: ScheduleRepository, schedule: Schedule, day: date) -> None:
    """Return a date to its weekly hours; NotFound when it has them already."""
    if not await schedules.drop_override(schedule.id, day):
        raise NotFound
    _touch(schedule)
    await schedules.session.flush()
