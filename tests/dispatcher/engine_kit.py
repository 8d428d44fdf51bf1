"""What the engine's tests share: an effect that remembers, and looks at the queue."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.jobs import NewJob, enqueue
from app.dispatcher.engine import Engine
from app.dispatcher.work import ClaimedJob, Settled

PATIENCE = 5.0
"""Seconds a test waits for what must come."""


class Postbox:
    """An effect that remembers what it was asked to load, perform and settle."""

    def __init__(self) -> None:
        self.loaded: list[list[int]] = []
        self.performed: list[Any] = []
        self.settled: list[Settled[str]] = []
        self.fail: dict[Any, Exception] = {}
        self.left_out: set[Any] = set()
        self.perform_hook: Callable[[ClaimedJob], Awaitable[None]] | None = None

    async def load(
        self, _session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, ClaimedJob]:
        self.loaded.append([job.id for job in jobs])
        return {job.id: job for job in jobs if job.payload["n"] not in self.left_out}

    async def perform(self, job: ClaimedJob, loaded: ClaimedJob) -> str:
        assert loaded == job
        if self.perform_hook:
            await self.perform_hook(job)
        number = job.payload["n"]
        self.performed.append(number)
        if number in self.fail:
            raise self.fail[number]
        return f"sent {number}"

    async def settle(self, _session: AsyncSession, results: Sequence[Settled[str]]) -> None:
        self.settled += results

    def outcomes(self) -> dict[Any, str]:
        """How each job was last said to have ended, by its number."""
        return {ending.job.payload["n"]: ending.outcome for ending in self.settled}


class Gate:
    """A hook that holds jobs while they are performed, and counts them."""

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self.full = asyncio.Event()
        self.open = asyncio.Event()

    async def __call__(self, _job: ClaimedJob) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.full.set()
        try:
            await self.open.wait()
        finally:
            self.inside -= 1


def engine_for(database: Database, postbox: Postbox, *, concurrency: int = 5) -> Engine:
    return Engine(database, effects={"letter": postbox}, concurrency=concurrency)


async def ask(database: Database, *jobs: NewJob) -> None:
    """Put jobs into the queue and commit."""
    async with database.writing() as session:
        await enqueue(session, *jobs)


def letters(count: int, **columns: Any) -> list[NewJob]:
    """Jobs of the kind `letter`, numbered from 0."""
    return [NewJob(kind="letter", payload={"n": n}, **columns) for n in range(count)]


async def queue(database: Database) -> list[dict[str, Any]]:
    """The rows of the queue, in the order they were asked for."""
    async with database.reading() as session:
        rows = await session.execute(text("SELECT * FROM jobs ORDER BY id"))
        return [dict(row) for row in rows.mappings()]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as the condition holds; fails after five seconds."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - rows have no event to wait for
            await asyncio.sleep(0.005)  # the database is others', too


async def until_empty(database: Database) -> None:
    """Return when no job is left in the queue."""

    async def empty() -> bool:
        return not await queue(database)

    await until(empty)
