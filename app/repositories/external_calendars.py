"""Calendars that coaches keep elsewhere, and our copies of when they are busy there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import ExternalBusy, ExternalCalendar, Member, Schedule, User
from app.repositories.base import Repository

DUE = (
    select(
        ExternalCalendar.workspace_id,
        ExternalCalendar.id,
        ExternalCalendar.url,
        ExternalCalendar.generation,
        ExternalCalendar.etag,
        ExternalCalendar.last_modified,
        ExternalCalendar.digest,
        ExternalCalendar.read_on,
        func.coalesce(Schedule.time_zone, User.time_zone).label("time_zone"),
    )
    .join(
        Member,
        and_(
            Member.workspace_id == ExternalCalendar.workspace_id,
            Member.id == ExternalCalendar.coach_id,
            Member.removed_at.is_(None),
        ),
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(
        Schedule,
        and_(
            Schedule.workspace_id == ExternalCalendar.workspace_id,
            Schedule.coach_id == ExternalCalendar.coach_id,
            Schedule.is_default,
        ),
    )
    .where(
        ExternalCalendar.workspace_id == bindparam("workspace_id", type_=Uuid()),
        ExternalCalendar.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCalendar:
    """What reading a calendar needs of its row; `time_zone` is the coach's."""

    workspace_id: UUID
    id: UUID
    url: str
    generation: int
    etag: str | None
    last_modified: str | None
    digest: bytes | None
    read_on: date | None
    time_zone: str


async def due_calendars(
    session: AsyncSession, workspace_id: UUID, ids: Sequence[UUID]
) -> Sequence[DueCalendar]:
    """Those of these calendars that are still there, and whose coach is; one statement."""
    rows = await session.execute(DUE, {"workspace_id": workspace_id, "ids": ids})
    return [DueCalendar(**row) for row in rows.mappings()]


class ExternalCalendarRepository(Repository[ExternalCalendar]):
    """One practice's calendars elsewhere."""

    model = ExternalCalendar

    async def page(
        self, *, coach_id: UUID | None, after: UUID | None, limit: int
    ) -> Sequence[ExternalCalendar]:
        """Calendars in the order they were added; one more than `limit`, if there are."""
        statement = self.query().order_by(ExternalCalendar.id).limit(limit + 1)
        if coach_id is not None:
            statement = statement.where(ExternalCalendar.coach_id == coach_id)
        if after is not None:
            statement = statement.where(ExternalCalendar.id > after)
        return (await self.session.scalars(statement)).all()

    async def count(self, coach_id: UUID) -> int:
        """How many the coach has."""
        theirs = self.query().where(ExternalCalendar.coach_id == coach_id).subquery()
        return await self.session.scalar(select(func.count()).select_from(theirs)) or 0

    async def locked(self, calendar_id: UUID) -> ExternalCalendar | None:
        """The calendar, or None when it was removed meanwhile; other writers wait."""
        statement = self.query().where(ExternalCalendar.id == calendar_id)
        return await self.session.scalar(statement.with_for_update(key_share=True))

    async def replace_busy(
        self, calendar: ExternalCalendar, busy: Sequence[tuple[int, int]]
    ) -> None:
        """Give a calendar, whose row is locked, these busy times (epoch seconds) only."""
        await self.session.execute(
            delete(ExternalBusy).where(
                ExternalBusy.workspace_id == self.workspace_id,
                ExternalBusy.calendar_id == calendar.id,
            )
        )
        if busy:
            rows = [_row(calendar, starts_at, ends_at) for starts_at, ends_at in busy]
            await self.session.execute(insert(ExternalBusy), rows)


def _row(calendar: ExternalCalendar, starts_at: int, ends_at: int) -> dict[str, object]:
    return {
        "workspace_id": calendar.workspace_id,
        "id": new_id(),
        "calendar_id": calendar.id,
        "coach_id": calendar.coach_id,
        "starts_at": datetime.fromtimestamp(starts_at, UTC),
        "ends_at": datetime.fromtimestamp(ends_at, UTC),
    }
