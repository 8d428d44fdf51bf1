"""Workers in processes of their own, for tests that kill them.

The program imports everything once and forks a worker for each line it reads. It prints
`started`, `sent` and `died` lines with the worker's process id; at the end of its input it stops
the workers that are left.

A worker's `plan` handler writes three letters for an event, its `letter` effect "sends" one by
printing its number, and a letter that says `kill` kills the process that tries to send it.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.jobs import NewJob, enqueue
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import run_worker
from app.dispatcher.wake import Waker
from app.dispatcher.work import ClaimedJob, Settled

LETTERS_PER_EVENT = 3
CONCURRENCY = 8

TABLES = (
    "CREATE TABLE sent (letter int, worker int)",
    "CREATE TABLE letters (event int, copy int)",
)

WRITE = text("INSERT INTO letters SELECT :event, generate_series(1, :copies)")
RECORD = text("INSERT INTO sent SELECT unnest(cast(:letters AS int[])), :worker")


async def plan(session: AsyncSession, job: ClaimedJob) -> None:
    """Write an event's letters and ask for their sending."""
    event = job.payload["event"]
    await session.execute(WRITE, {"event": event, "copies": LETTERS_PER_EVENT})
    numbers = range(event * LETTERS_PER_EVENT, (event + 1) * LETTERS_PER_EVENT)
    await enqueue(session, *(NewJob(kind="letter", payload={"n": n}) for n in numbers))


class Printer:
    """Sends a letter by printing its number, before anything else can happen."""

    async def load(self, _session: AsyncSession, jobs: Sequence[ClaimedJob]) -> Mapping[int, int]:
        return {job.id: job.payload["n"] for job in jobs}

    async def perform(self, job: ClaimedJob, loaded: int) -> int:
        if job.payload.get("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.sleep(0)
        tell("sent", os.getpid(), loaded)
        return loaded

    async def settle(self, session: AsyncSession, results: Sequence[Settled[int]]) -> None:
        sent = [ending.result for ending in results if ending.outcome == "done"]
        await session.execute(RECORD, {"letters": sent, "worker": os.getpid()})


async def work(url: str, lease: timedelta) -> None:
    """Work on the database at `url` until stopped by a signal."""
    database = Database.connect(url, size=4)
    engine = Engine(
        database,
        handlers={"plan": plan},
        effects={"letter": Printer()},
        concurrency=CONCURRENCY,
        lease=lease,
    )
    await run_worker(engine, waker=Waker(url))
    await database.close()


def tell(word: str, *numbers: int) -> None:
    """Print a line at once and whole, whoever else prints."""
    os.write(1, " ".join([word, *map(str, numbers)]).encode() + b"\n")


def tell_of_the_dead(*_signal: object) -> None:
    """Print whose processes have ended."""
    with suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            tell("died", pid)


def main(url: str, lease: timedelta) -> None:
    """Fork a worker for each line that comes in; afterwards stop those that are left."""
    signal.signal(signal.SIGCHLD, tell_of_the_dead)
    workers = [start(url, lease) for _line in sys.stdin]
    for pid in workers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    with suppress(ChildProcessError):
        while True:
            os.wait()


def start(url: str, lease: timedelta) -> int:
    """Fork one worker; answers its process id."""
    pid = os.fork()
    if not pid:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        asyncio.run(work(url, lease))
        os._exit(0)
    tell("started", pid)
    return pid


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    main(sys.argv[1], timedelta(seconds=float(sys.argv[2])))
