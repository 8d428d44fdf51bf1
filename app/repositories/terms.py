"""On which terms an appointment type is offered: the type, in its hours, for the slot engine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Label, Row, Uuid, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import AppointmentType, Member, Schedule, ScheduleOverride, Workspace
from app.repositories.working_hours import overridden_dates, weekly_hours
from app.slots import Interval, SlotRules
from app.slots import Schedule as Hours

LIMITS = (
    "duration_minutes",
    "slot_interval_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "min_notice_minutes",
    "max_advance_days",
    "max_per_day",
    "max_per_week",
    "client_max_per_day",
    "client_max_per_week",
    "capacity",
)
"""What the engine and the table call by the same name."""

WANTED = bindparam("schedule_id", type_=Uuid())
"""The schedule asked for, say a program's; else the type's own, else the coach's default."""


def on_team() -> Label[bool]:
    """`on_team`: whether the type's coach still works here; without them it can't be booked."""
    return (
        exists()
        .where(
            Member.workspace_id == AppointmentType.workspace_id,
            Member.id == AppointmentType.coach_id,
            Member.removed_at.is_(None),
        )
        .correlate(AppointmentType)
        .label("on_team")
    )


TERMS = (
    select(
        AppointmentType.__table__,
        Schedule.id.label("hours_id"),
        on_team(),
        func.coalesce(
            Schedule.time_zone,
            select(Workspace.time_zone)
            .where(Workspace.workspace_id == AppointmentType.workspace_id)
            .correlate(AppointmentType)
            .scalar_subquery(),
        ).label("time_zone"),
        weekly_hours(),
        overridden_dates(
            ScheduleOverride.day.between(
                bindparam("first_day", type_=Date()), bindparam("last_day", type_=Date())
            )
        ),
    )
    .outerjoin(
        Schedule,
        and_(
            Schedule.workspace_id == AppointmentType.workspace_id,
            or_(
                Schedule.id == func.coalesce(WANTED, AppointmentType.schedule_id),
                and_(
                    func.coalesce(WANTED, AppointmentType.schedule_id).is_(None),
                    Schedule.coach_id == AppointmentType.coach_id,
                    Schedule.is_default,
                ),
            ),
        ),
    )
    .where(
        AppointmentType.workspace_id == bindparam("workspace_id"),
        AppointmentType.id == bindparam("type_id"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An appointment type (`type` has the columns of its table) and what the engine needs of it.

    Without a schedule there are no hours in `rules`, and the practice's zone stands in. What was
    put aside, or whose coach has left, is not offered any longer.
    """

    type: Row[*tuple[Any, ...]]
    rules: SlotRules
    has_schedule: bool
    is_offered: bool


async def load_terms(
    session: AsyncSession,
    workspace_id: UUID,
    type_id: UUID,
    *,
    days: tuple[date, date],
    schedule_id: UUID | None = None,
) -> Terms:
    """The terms, with the dates that differ from the first of `days` to the last; one statement.

    NotFound for a stranger's type.
    """
    values = {
        "workspace_id": workspace_id,
        "type_id": type_id,
        "schedule_id": schedule_id,
        "first_day": days[0],
        "last_day": days[1],
    }
    row = (await session.execute(TERMS, values)).one_or_none()
    if row is None:
        raise NotFound
    return Terms(
        type=row,
        rules=_rules(row),
        has_schedule=row.hours_id is not None,
        is_offered=row.archived_at is None and row.on_team,
    )


def _rules(row: Row[*tuple[Any, ...]]) -> SlotRules:
    weekly: defaultdict[int, list[Interval]] = defaultdict(list)
    for weekday, start, end in row.weekly or ():
        weekly[weekday].append(Interval(start, end))
    overrides = {
        date.fromisoformat(day): [Interval(start, end) for start, end in spans or ()]
        for day, spans in row.overrides or ()
    }
    limits = {name: getattr(row, name) for name in LIMITS}
    return SlotRules(schedule=Hours(row.time_zone, weekly, overrides), **limits)
