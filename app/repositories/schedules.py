"""Coaches' schedules, their weekly rules and the dates that differ."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.dialects.postgresql.ranges import MultiRange
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.ids import new_id
from app.models import Schedule, ScheduleOverride, ScheduleRule
from app.repositories.base import Repository
from app.repositories.working_hours import overridden_dates, weekly_hours

PLAIN = (
    "id",
    "coach_id",
    "name",
    "time_zone",
    "is_default",
    "version",
    "created_at",
    "updated_at",
)

ScheduleCard = Row[*tuple[Any, ...]]
"""A schedule's PLAIN columns, its `weekly` hours and its `overrides`."""

CARDS = select(
    *(Schedule.__table__.c[name] for name in PLAIN), weekly_hours(), overridden_dates()
).where(Schedule.workspace_id == bindparam("workspace_id"))

CARD = CARDS.where(Schedule.id == bindparam("schedule_id"))
OF_ALL = CARDS.order_by(Schedule.id).limit(bindparam("row_limit"))

ZONES = (
    select(Schedule.time_zone)
    .group_by(Schedule.time_zone)
    .order_by(func.count().desc())
    .limit(bindparam("most"))
)

Minutes = tuple[int, int]
"""From and until, counted from midnight."""


class ScheduleRepository(Repository[Schedule]):
    """One practice's schedules."""

    model = Schedule

    async def card(self, schedule_id: UUID) -> ScheduleCard:
        """One schedule with its hours; NotFound for a stranger's."""
        values = {"workspace_id": self.workspace_id, "schedule_id": schedule_id}
        card = (await self.session.execute(CARD, values)).one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self, *, coach_id: UUID | None, after: UUID | None, limit: int
    ) -> Sequence[ScheduleCard]:
        """Schedules in the order they were made; one more than `limit`, if there are."""
        statement = OF_ALL
        if coach_id is not None:
            statement = statement.where(Schedule.coach_id == coach_id)
        if after is not None:
            statement = statement.where(Schedule.id > after)
        values = {"workspace_id": self.workspace_id, "row_limit": limit + 1}
        return (await self.session.execute(statement, values)).all()

    async def has_any(self, coach_id: UUID) -> bool:
        """Whether the coach has a schedule."""
        found = exists(self.query().where(Schedule.coach_id == coach_id))
        return bool(await self.session.scalar(select(found)))

    async def other_than(self, schedule: Schedule) -> bool:
        """Whether the coach has another schedule than this one."""
        others = self.query().where(
            Schedule.coach_id == schedule.coach_id, Schedule.id != schedule.id
        )
        return bool(await self.session.scalar(select(exists(others))))

    async def clear_default(self, coach_id: UUID) -> None:
        """Leave the coach, whose row is locked, without a default for the moment."""
        await self.session.execute(
            update(Schedule)
            .where(
                Schedule.workspace_id == self.workspace_id,
                Schedule.coach_id == coach_id,
                Schedule.is_default,
            )
            .values(is_default=False, version=Schedule.version + 1, updated_at=func.now())
            .execution_options(synchronize_session=False)
        )

    async def replace_rules(self, schedule_id: UUID, rules: Sequence[tuple[int, int, int]]) -> None:
        """Give a schedule these weekly rules, `(weekday, start minute, end minute)`, only."""
        here = (
            ScheduleRule.workspace_id == self.workspace_id,
            ScheduleRule.schedule_id == schedule_id,
        )
        await self.session.execute(delete(ScheduleRule).where(*here))
        rows = [self._rule(schedule_id, *rule) for rule in rules]
        if rows:
            await self.session.execute(insert(ScheduleRule), rows)

    def _rule(self, schedule_id: UUID, weekday: int, start: int, end: int) -> dict[str, Any]:
        return {
            "workspace_id": self.workspace_id,
            "id": new_id(),
            "schedule_id": schedule_id,
            "weekday": weekday,
            "start_minute": start,
            "end_minute": end,
        }

    async def override(self, schedule_id: UUID, day: date, hours: Sequence[Minutes]) -> None:
        """Put these hours, none for a closed day, in place of the weekly ones of a date."""
        minutes = MultiRange([Range(start, end) for start, end in hours])
        added = upsert(ScheduleOverride).values(
            workspace_id=self.workspace_id, schedule_id=schedule_id, day=day, minutes=minutes
        )
        await self.session.execute(
            added.on_conflict_do_update(
                index_elements=["workspace_id", "schedule_id", "day"],
                set_={"minutes": added.excluded.minutes},
            )
        )

    async def drop_override(self, schedule_id: UUID, day: date) -> bool:
        """Return a date to its weekly hours; False when it had no others."""
        dropped = await self.session.scalar(
            delete(ScheduleOverride)
            .where(
                ScheduleOverride.workspace_id == self.workspace_id,
                ScheduleOverride.schedule_id == schedule_id,
                ScheduleOverride.day == day,
            )
            .returning(ScheduleOverride.id)
        )
        return dropped is not None


async def zones_in_use(session: AsyncSession, *, most: int) -> Sequence[str]:
    """The zones that most schedules are in, of all practices."""
    return (await session.scalars(ZONES, {"most": most})).all()
