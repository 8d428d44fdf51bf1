"""When calendars elsewhere are read: at once after a change, and every quarter of an hour."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.jobs import BULK, NORMAL, NewJob, cancel, enqueue

SYNC_CALENDAR = "calendar.sync"
"""Kind of the job that reads one calendar. Its end puts the next one into the queue."""

EVERY = timedelta(minutes=15)
SPREAD_SECONDS = 60
"""Calendars that were read together drift apart, each by its own part of a minute."""


async def sync_now(session: AsyncSession, workspace_id: UUID, calendar_id: UUID) -> None:
    """Have a calendar read as soon as possible; one that is being read is not read twice."""
    await cancel(session, _key(calendar_id))
    await enqueue(session, _job(workspace_id, calendar_id, run_at=now(), lane=NORMAL))


async def sync_again(
    session: AsyncSession, workspace_id: UUID, calendar_id: UUID, *, failures: int = 0
) -> None:
    """Have a calendar read in a quarter of an hour, unless that is planned already.

    One that has failed for an hour is tried less often, in the end every two hours.
    """
    patience = EVERY * min(1 + failures // 4, 8)
    run_at = now() + patience + timedelta(seconds=calendar_id.int % SPREAD_SECONDS)
    await enqueue(session, _job(workspace_id, calendar_id, run_at=run_at, lane=BULK))


async def sync_no_more(session: AsyncSession, calendar_id: UUID) -> None:
    """Take back what was planned."""
    await cancel(session, _key(calendar_id))


def _job(workspace_id: UUID, calendar_id: UUID, *, run_at: datetime, lane: int) -> NewJob:
    return NewJob(
        kind=SYNC_CALENDAR,
        payload={"workspace_id": workspace_id, "calendar_id": calendar_id},
        lane=lane,
        run_at=run_at,
        key=_key(calendar_id),
    )


def _key(calendar_id: UUID) -> str:
    return f"calendar:{calendar_id}"
