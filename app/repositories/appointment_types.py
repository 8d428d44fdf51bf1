"""What coaches offer for booking."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Uuid, any_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.models import AppointmentType, Schedule
from app.repositories.base import Repository
from app.repositories.terms import on_team

OWN_SCHEDULE = select(
    exists().where(
        Schedule.workspace_id == bindparam("workspace_id"),
        Schedule.id == bindparam("schedule_id"),
        Schedule.coach_id == bindparam("coach_id"),
    )
)


OFFERED = select(
    AppointmentType.__table__,
    or_(
        AppointmentType.schedule_id.is_not(None),
        exists().where(
            Schedule.workspace_id == AppointmentType.workspace_id,
            Schedule.coach_id == AppointmentType.coach_id,
            Schedule.is_default,
        ),
    ).label("has_schedule"),
    on_team(),
).where(
    AppointmentType.workspace_id == bindparam("workspace_id"),
    AppointmentType.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
)


class AppointmentTypeRepository(Repository[AppointmentType]):
    """One practice's appointment types."""

    model = AppointmentType

    async def page(
        self, *, coach_id: UUID | None, archived: bool | None, after: UUID | None, limit: int
    ) -> Sequence[AppointmentType]:
        """Types in the order they were made; one more than `limit`, if there are.

        `archived` None asks for both kinds.
        """
        statement = self.query().order_by(AppointmentType.id).limit(limit + 1)
        if coach_id is not None:
            statement = statement.where(AppointmentType.coach_id == coach_id)
        if archived is not None:
            put_aside: InstrumentedAttribute[object] = AppointmentType.archived_at
            found = put_aside.is_not(None) if archived else put_aside.is_(None)
            statement = statement.where(found)
        if after is not None:
            statement = statement.where(AppointmentType.id > after)
        return (await self.session.scalars(statement)).all()

    async def offered(self, ids: Sequence[UUID]) -> Mapping[UUID, Row[*tuple[Any, ...]]]:
        """Types by id, as rows that also tell whether there are hours to offer them in."""
        values = {"workspace_id": self.workspace_id, "ids": list(ids)}
        rows = (await self.session.execute(OFFERED, values)).all()
        return {row.id: row for row in rows}

    async def owns_schedule(self, coach_id: UUID, schedule_id: UUID) -> bool:
        """Whether the schedule is one of this coach's."""
        values = {
            "workspace_id": self.workspace_id,
            "schedule_id": schedule_id,
            "coach_id": coach_id,
        }
        return bool(await self.session.scalar(OWN_SCHEDULE, values))
