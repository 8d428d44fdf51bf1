"""The engine asked about an appointment type: its terms and its coach's diary, read for it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.features.appointments.failures import NoWorkingHours, TypeArchived
from app.repositories.diaries import ANYBODY, DiaryRead, Viewer, load_diary
from app.repositories.terms import Terms, load_terms
from app.slots import (
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
    rules: SlotRules
    at: datetime

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
            self.rules,
            since=since,
            until=until,
            now=self.at,
            viewer=viewer,
            named=named,
        )

    def offers(self, read: DiaryRead, since: int, until: int) -> Offers:
        """What can be booked in `since <= start < until`."""
        return offer_slots(
            self.rules, read.diary, since=since, until=until, now=epoch_seconds(self.at)
        )

    def explain(self, read: DiaryRead, start: int) -> Explanation:
        """Why this start is or isn't offered."""
        return explain_start(self.rules, read.diary, start, now=epoch_seconds(self.at))


async def open_desk(
    session: AsyncSession,
    workspace_id: UUID,
    type_id: UUID,
    *,
    first: date,
    last: date,
    schedule_id: UUID | None = None,
) -> Desk:
    """Ready to ask about starts between two dates of any zone; one statement.

    Raises NotFound, NoWorkingHours and TypeArchived (409).
    """
    days = (first - AROUND, last + AROUND)
    terms = await load_terms(session, workspace_id, type_id, days=days, schedule_id=schedule_id)
    if terms.type.archived_at is not None:
        raise TypeArchived
    if terms.rules is None:
        raise NoWorkingHours
    return Desk(session, terms, terms.rules, now())


def day_of(instant: int) -> date:
    """The UTC date of an instant in epoch seconds."""
    return datetime.fromtimestamp(instant, UTC).date()
