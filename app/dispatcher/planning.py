"""From recorded events to letters in the outbox: who is told, decided exactly once."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.events import FANOUT, RecordedEvent
from app.core.jobs import NewJob, enqueue
from app.core.letters import Letter
from app.core.statistics import refresh_soon
from app.dispatcher.addressing import Addressed, obstacles_to, row_of, useless_after
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from app.dispatcher.work import ClaimedJob
from app.models import Email
from app.repositories.casting import load_cast
from app.repositories.casts import Cast, Unreachable
from app.repositories.event_log import recorded_events
from app.repositories.outgoing import (
    add_letters,
    sending_job,
)

log = structlog.get_logger(__name__)

MANY = 250
"""From so many letters on, the planner's statistics are refreshed."""


class Planner:
    """Handles `fanout` jobs: letters, their jobs and the end of this job commit together.

    The number of statements doesn't grow with the events.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, session: AsyncSession, job: ClaimedJob) -> None:
        """Plan all that follows from the events the job names."""
        workspace_id = UUID(job.payload["workspace_id"])
        await self._database.enter(session, workspace_id)
        ids = [UUID(event_id) for event_id in job.payload["event_ids"]]
        events = await recorded_events(session, workspace_id, ids)
        if not any(SUBSCRIPTIONS.get(event.type) for event in events):
            return
        addressed, troubled = _react(events, await load_cast(session, events))
        await plan_letters(session, workspace_id, addressed, lane=job.lane)
        await _plan_alone(session, troubled, lane=job.lane)


def _react(
    events: Sequence[RecordedEvent], cast: Cast
) -> tuple[list[Addressed], list[RecordedEvent]]:
    """The letters that follow, and the events whose reactions failed. One alone fails aloud."""
    addressed: list[Addressed] = []
    troubled: list[RecordedEvent] = []
    for event in events:
        try:
            addressed += [Addressed(event, letter) for letter in _letters(event, cast)]
        except Exception:
            if len(events) == 1:
                raise
            log.exception("reaction_failed", event_type=event.type, event_id=str(event.id))
            troubled.append(event)
    return addressed, troubled


def _letters(event: RecordedEvent, cast: Cast) -> Iterator[Letter]:
    for reaction in SUBSCRIPTIONS.get(event.type, ()):
        try:
            yield from reaction(event, cast)
        except Unreachable as reason:
            log.info("nobody_to_tell", event_type=event.type, reason=str(reason))


async def plan_letters(
    session: AsyncSession, workspace_id: UUID, addressed: Sequence[Addressed], *, lane: int
) -> None:
    """Put letters of one workspace into the outbox, and ask for sending those that are new."""
    if not addressed:
        return
    obstacles = await obstacles_to(session, workspace_id, [letter for _, letter in addressed])
    rows = [row_of(answer, obstacles) for answer in addressed]
    added = await add_letters(session, workspace_id, rows)
    jobs = [
        sending_job(workspace_id, row.id, lane=lane, expires_at=useless_after(answer.letter))
        for row, answer in zip(rows, addressed, strict=True)
        if row.id in added and row.status == "queued"
    ]
    await enqueue(session, *jobs)
    if len(rows) >= MANY:
        await refresh_soon(session, [Email.__tablename__])


async def _plan_alone(session: AsyncSession, events: Sequence[RecordedEvent], *, lane: int) -> None:
    """Give each of these a planning job of its own, so that its trouble stays its own."""
    jobs = [
        NewJob(
            kind=FANOUT,
            payload={"workspace_id": event.workspace_id, "event_ids": [event.id]},
            lane=lane,
        )
        for event in events
    ]
    await enqueue(session, *jobs)
