"""Reading the calendars that coaches keep elsewhere: the effect behind `calendar.sync` jobs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.work import ClaimedJob, Settled
from app.features.calendars.jobs import sync_again
from app.features.calendars.outcomes import record
from app.features.calendars.syncing import CalendarReader, Reading
from app.repositories.external_calendars import DueCalendar, due_calendars

CALENDARS_AT_ONCE = 8
"""In one process: servers elsewhere may take their time, letters don't wait for them."""


class Read(NamedTuple):
    """A calendar as it was when it was to be read, and what reading it brought."""

    calendar: DueCalendar
    reading: Reading


class CalendarSyncs:
    """Reads calendars; a calendar that is gone, or whose coach is, is not read again."""

    def __init__(self, database: Database, reader: CalendarReader) -> None:
        self._database = database
        self._reader = reader

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, DueCalendar]:
        """The calendars by job; one statement for each practice."""
        loaded: dict[int, DueCalendar] = {}
        for workspace_id, asked in _by_workspace(jobs):
            await self._database.enter(session, workspace_id)
            ids = [_calendar_id(job) for job in asked]
            found = {each.id: each for each in await due_calendars(session, workspace_id, ids)}
            loaded |= {
                job.id: found[_calendar_id(job)] for job in asked if _calendar_id(job) in found
            }
        return loaded

    async def perform(self, job: ClaimedJob, loaded: DueCalendar) -> Read:  # noqa: ARG002 - Effect's
        """Read one calendar."""
        return Read(loaded, await self._reader.read(loaded))

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Read]]) -> None:
        """Write down what was read, and see that each calendar is read again."""
        ends = {ending.job.id: ending for ending in results}
        for workspace_id, jobs in _by_workspace([ending.job for ending in results]):
            await self._database.enter(session, workspace_id)
            for job in jobs:
                ending = ends[job.id]
                if ending.result:
                    await record(session, *ending.result)
                elif ending.outcome == "dead":
                    await sync_again(session, workspace_id, _calendar_id(job))


def _by_workspace(jobs: Iterable[ClaimedJob]) -> Iterator[tuple[UUID, Sequence[ClaimedJob]]]:
    ordered = sorted(jobs, key=_workspace_id)
    return ((workspace_id, list(some)) for workspace_id, some in groupby(ordered, _workspace_id))


def _workspace_id(job: ClaimedJob) -> UUID:
    return UUID(job.payload["workspace_id"])


def _calendar_id(job: ClaimedJob) -> UUID:
    return UUID(job.payload["calendar_id"])
