"""The engine asked about an appointment type: its terms and its coach's diary, read for it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.features.appointments.failures import NoWorkingHours, TypeArchived
from app.repositories.coaches import lock_coach
from app.repositories.diaries import ANYBODY, DiaryRead, Viewer, load_diary
from app.repositories.terms import Terms, load_terms
from app.slots import (
    Diary,
    Explanation,
    Offers,
    SlotRules,
    epoch_seconds,
    explain_start,
    offer_slots,
)

AROUND = timedelta(days=2)
"""A zone is never further from UTC, nor a window longer, than this reaches."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything fixed about a question: whose type, on which terms, as of when."""

    session: AsyncSession
    terms: Terms
    at: datetime

    @property
    def rules(self) -> SlotRules:
        """The terms as the engine reads them."""
        return self.terms.rules

    @property
    def coach_time_zone(self) -> str:
        """The zone of the coach's working hours."""
        return self.rules.schedule.time_zone

    async def read(
        self, since: int, until: int, *, viewer: Viewer = ANYBODY, named: bool = False
    ) -> DiaryRead:
        """The diary for starts in `since <= start < until`, epoch seconds."""
        return await load_diary(
            self.session,
            self.terms,
            since=since,
            until=until,
            now=self.at,
            viewer=viewer,
            named=named,
        )

    def offers(self, diary: Diary, since: int, until: int) -> Offers:
        """What can be booked in `since <= start < until`."""
        return offer_slots(self.rules, diary, since=since, until=until, now=epoch_seconds(self.at))

    def explain(self, diary: Diary, start: int) -> Explanation:
        """Why this start is or isn't offered."""
        return explain_start(self.rules, diary, start, now=epoch_seconds(self.at))


async def open_desk(
    session: AsyncSession,
    workspace_id: UUID,
    type_id: UUID,
    *,
    first: date,
    last: date,
    schedule_id: UUID | None = None,
    override: bool = False,
) -> Desk:
    """Ready to ask about starts between two dates of any zone; one statement.

    Raises NotFound, and unless the coach overrides what is offered, NoWorkingHours and
    TypeArchived (409).
    """
    days = (first - AROUND, last + AROUND)
    terms = await load_terms(session, workspace_id, type_id, days=days, schedule_id=schedule_id)
    if not terms.is_offered and not override:
        raise TypeArchived
    if not terms.has_schedule and not override:
        raise NoWorkingHours
    return Desk(session, terms, now())


async def lock_diary(desk: Desk) -> Desk:
    """The same desk, once nobody else changes this coach's diary; later than it was before."""
    terms = desk.terms.type
    await lock_coach(desk.session, terms.workspace_id, terms.coach_id)
    return replace(desk, at=now())


def day_of(instant: int) -> date:
    """The UTC date of an instant in epoch seconds."""
    return datetime.fromtimestamp(instant, UTC).date()
