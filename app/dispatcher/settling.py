"""Writing down how jobs ended, in batches, together with what their effects say about it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.verdicts import is_database_down, judge
from app.dispatcher.work import Effect, Settled

LONGEST_ERROR = 500

STATES = {"retry": "ready", "postponed": "ready", "dead": "dead", "expired": "cancelled"}
USES_AN_ATTEMPT = frozenset({"retry", "dead"})

FINISH = text("""
DELETE FROM jobs AS job
USING unnest(cast(:ids AS bigint[]), cast(:fences AS int[])) AS done(id, fence)
WHERE job.id = done.id AND job.fence = done.fence AND job.state = 'leased'
RETURNING job.id
""")

PUT_BACK = text("""
UPDATE jobs AS job
SET state = ended.state, attempts = job.attempts + ended.used, run_at = ended.run_at,
  last_error = ended.error, lease_until = NULL, leased_by = NULL
FROM unnest(
  cast(:ids AS bigint[]), cast(:fences AS int[]), cast(:states AS text[]),
  cast(:used AS smallint[]), cast(:run_at AS timestamptz[]), cast(:errors AS text[])
) AS ended(id, fence, state, used, run_at, error)
WHERE job.id = ended.id AND job.fence = ended.fence AND job.state = 'leased'
RETURNING job.id
""")

log = structlog.get_logger(__name__)


class Settler:
    """Ends jobs, each with its effect's own record of it, in one transaction per kind."""

    def __init__(self, database: Database, effects: Mapping[str, Effect[Any, Any]]) -> None:
        self._database = database
        self._effects = effects
        self._reported: dict[str, list[Settled[Any]]] = {}

    @property
    def waiting(self) -> int:
        """How many endings the next flush will write."""
        return sum(len(endings) for endings in self._reported.values())

    def report(self, ending: Settled[Any]) -> None:
        """Keep an ending for the next flush."""
        self._reported.setdefault(ending.job.kind, []).append(ending)

    async def flush(self) -> AsyncIterator[list[Settled[Any]]]:
        """Write down what was reported; yields the endings as they were written, kind by kind.

        One whose lease is lost comes back as `lost`, one that its effect failed to record as
        failed. Raises only when the database is away: what is unwritten then is kept.
        """
        for kind in list(self._reported):
            endings = self._reported.pop(kind)
            try:
                written = await self._settle(kind, endings)
            except BaseException:  # cancelled, too: what is unwritten is kept
                self._reported[kind] = endings + self._reported.get(kind, [])
                raise
            yield written

    async def _settle(self, kind: str, endings: list[Settled[Any]]) -> list[Settled[Any]]:
        unwritten = [ending for ending in endings if not self._is_written(ending)]
        if not unwritten:
            return endings
        written = [ending for ending in endings if self._is_written(ending)]
        return written + await self._write(kind, unwritten)

    def _is_written(self, ending: Settled[Any]) -> bool:
        """A handler's job ended in its own transaction; a lost one ends elsewhere."""
        by_handler = ending.outcome == "done" and ending.job.kind not in self._effects
        return by_handler or ending.outcome == "lost"

    async def _write(self, kind: str, endings: list[Settled[Any]]) -> list[Settled[Any]]:
        try:
            return await self._commit(endings, self._effects.get(kind))
        except Exception as error:  # one bad ending: the others are written without it
            if is_database_down(error):
                raise
            return await self._write_one_by_one(kind, endings, error)

    async def _write_one_by_one(
        self, kind: str, endings: list[Settled[Any]], error: Exception
    ) -> list[Settled[Any]]:
        if len(endings) == 1:
            log.error("job_not_recorded", kind=kind, job=endings[0].job.id, exc_info=error)
            return await self._commit([judge(endings[0].job, error)], None)
        return [ending for one in endings for ending in await self._write(kind, [one])]

    async def _commit(
        self, endings: list[Settled[Any]], effect: Effect[Any, Any] | None
    ) -> list[Settled[Any]]:
        async with self._database.writing() as session:
            ended = await end_jobs(session, endings)
            mine = [ending for ending in endings if ending.job.id in ended]
            if effect and mine:
                await effect.settle(session, mine)
        lost = [ending for ending in endings if ending.job.id not in ended]
        return mine + [replace(ending, outcome="lost") for ending in lost]


async def end_jobs(session: AsyncSession, endings: Sequence[Settled[Any]]) -> set[int]:
    """Delete what is done, put the rest where it belongs; returns the ids still ours to end."""
    done = [ending for ending in endings if ending.outcome == "done"]
    rest = [ending for ending in endings if ending.outcome != "done"]
    ended: set[int] = set()
    if done:
        ended |= set(await session.scalars(FINISH, _held(done)))
    if rest:
        ended |= set(await session.scalars(PUT_BACK, {**_held(rest), **_verdicts(rest)}))
    return ended


def _held(endings: Sequence[Settled[Any]]) -> dict[str, Any]:
    jobs = [ending.job for ending in endings]
    return {"ids": [job.id for job in jobs], "fences": [job.fence for job in jobs]}


def _verdicts(endings: Sequence[Settled[Any]]) -> dict[str, Any]:
    at = now()
    return {
        "states": [STATES[ending.outcome] for ending in endings],
        "used": [int(ending.outcome in USES_AN_ATTEMPT) for ending in endings],
        "run_at": [ending.run_at or at for ending in endings],
        "errors": [in_words(ending.error) for ending in endings],
    }


def in_words(error: Exception | None) -> str:
    """An error as the row's `last_error`: its name and the start of its text."""
    words = f"{type(error).__name__}: {error}".replace("\0", " ")
    return words.encode(errors="replace").decode()[:LONGEST_ERROR]
