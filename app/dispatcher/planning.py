"""From recorded events to letters in the outbox: who is told, decided exactly once."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.events import FANOUT, RecordedEvent
from app.core.jobs import NewJob, enqueue
from app.core.letters import Letter
from app.dispatcher.addressing import Addressed
from app.dispatcher.posting import Posting
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from app.dispatcher.work import ClaimedJob
from app.repositories.casting import load_cast
from app.repositories.casts import Cast, Unreachable
from app.repositories.event_log import recorded_events
from app.repositories.inboxes import forget_subjects

log = structlog.get_logger(__name__)

ENDS = frozenset({"file.deleted", "goal.deleted", "note.deleted"})
"""After these there is nothing left to open, so nobody is told of it in the app any longer."""


class Planner:
    """Handles `fanout` jobs: letters, notifications and the end of this job commit together.

    The number of statements doesn't grow with the events.
    """

    def __init__(self, database: Database, posting: Posting) -> None:
        self._database = database
        self._posting = posting

    async def __call__(self, session: AsyncSession, job: ClaimedJob) -> None:
        """Plan all that follows from the events the job names."""
        workspace_id = UUID(job.payload["workspace_id"])
        await self._database.enter(session, workspace_id)
        ids = [UUID(event_id) for event_id in job.payload["event_ids"]]
        events = await recorded_events(session, workspace_id, ids)
        if any(SUBSCRIPTIONS.get(event.type) for event in events):
            await self._tell(session, job, events)
        gone = [event.subject_id for event in events if event.type in ENDS and event.subject_id]
        await forget_subjects(session, workspace_id, gone)

    async def _tell(
        self, session: AsyncSession, job: ClaimedJob, events: Sequence[RecordedEvent]
    ) -> None:
        workspace_id = events[0].workspace_id
        cast = await load_cast(session, events)
        addressed, troubled = _react(events, cast)
        await self._posting.post(
            session, workspace_id, addressed, lane=job.lane, practice=cast.workspace.name
        )
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
        except Exception:  # a bug in one reaction keeps no other event's letters
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
