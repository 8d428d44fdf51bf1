"""Periodic work: a sweep runs once a slot, whichever of the workers gets to it.

A sweep's next run is a row in the queue like any job, put there by the transaction that ended
the run before it. So it survives restarts, and after a longer downtime it runs once, not once
for every slot that was missed.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.jobs import NewJob, enqueue
from app.dispatcher.work import ClaimedJob, Handler

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ATTEMPTS = 3
"""Tries a slot gets; when they fail it is left to the dead letters, and the next slot comes."""

WAITING = text("""
SELECT DISTINCT kind FROM jobs
WHERE kind = ANY(cast(:kinds AS text[])) AND state IN ('ready', 'leased')
""")


@dataclass(frozen=True, slots=True)
class Sweep:
    """Periodic work: its name, how often it runs, and what it does in its transaction."""

    name: str
    every: timedelta
    run: Callable[[AsyncSession], Awaitable[None]]

    @property
    def kind(self) -> str:
        """The kind of its jobs."""
        return f"sweep.{self.name}"

    def next_run(self) -> NewJob:
        """The job of the first slot after now; slots are counted from a fixed instant."""
        slot = EPOCH + ((now() - EPOCH) // self.every + 1) * self.every
        key = f"{self.name}:{slot:%Y-%m-%dT%H:%M:%SZ}"
        return NewJob(kind=self.kind, payload={}, run_at=slot, key=key, max_attempts=ATTEMPTS)


async def plant(session: AsyncSession, sweeps: Iterable[Sweep]) -> None:
    """See that each sweep has its next run in the queue; done by every worker, now and then.

    Two workers planting at once ask for the same slot, and its key lets one of them in.
    """
    by_kind = {sweep.kind: sweep for sweep in sweeps}
    waiting = await session.scalars(WAITING, {"kinds": list(by_kind)})
    missing = by_kind.keys() - set(waiting)
    await enqueue(session, *(by_kind[kind].next_run() for kind in sorted(missing)))


def sweep_handlers(sweeps: Iterable[Sweep]) -> dict[str, Handler]:
    """The engine's handlers for these sweeps, by kind."""
    return {sweep.kind: _handler(sweep) for sweep in sweeps}


def _handler(sweep: Sweep) -> Handler:
    async def run_and_come_again(session: AsyncSession, _job: ClaimedJob) -> None:
        await sweep.run(session)
        await enqueue(session, sweep.next_run())

    return run_and_come_again
