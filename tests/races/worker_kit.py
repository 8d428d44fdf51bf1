"""Starting, watching and killing workers that are processes of their own."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.core.db import Database
from app.core.jobs import NewJob, enqueue
from tests.races.worker_process import TABLES

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds a test waits for what must come, on a slow machine too."""


class Workers:
    """Worker processes on one database, and the letters they sent, as they told."""

    def __init__(self, program: asyncio.subprocess.Process) -> None:
        self.sent: Counter[int] = Counter()
        self.alive: list[int] = []
        self.died = 0
        self._program = program
        self._told = asyncio.Condition()

    async def start(self) -> None:
        """Start one more worker."""
        assert self._program.stdin is not None
        count = len(self.alive) + self.died
        self._program.stdin.write(b"start\n")
        await self._until(lambda: len(self.alive) + self.died > count)

    async def kill_one(self) -> None:
        """Kill -9 the oldest worker, and read what it had still said."""
        died = self.died
        os.kill(self.alive[0], signal.SIGKILL)
        await self.until_died(died + 1)

    async def until_sent(self, count: int) -> None:
        """Return when so many letters were sent, those sent twice counted twice."""
        await self._until(lambda: self.sent.total() >= count)

    async def until_died(self, count: int) -> None:
        """Return when so many workers have died."""
        await self._until(lambda: self.died >= count)

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._told:
            await self._told.wait_for(condition)

    async def listen(self) -> None:
        """Note what the workers tell, until all have ended."""
        assert self._program.stdout is not None
        async for line in self._program.stdout:
            word, pid, *number = line.split()
            async with self._told:
                self._note(word, int(pid), [int(n) for n in number])
                self._told.notify_all()

    def _note(self, word: bytes, pid: int, letters: list[int]) -> None:
        if word == b"started":
            self.alive.append(pid)
        elif word == b"died":
            self.alive.remove(pid)
            self.died += 1
        else:
            self.sent.update(letters)


@asynccontextmanager
async def workers_on(url: str, database: Database, *, lease: float) -> AsyncIterator[Workers]:
    """Tables for the workers' work, and workers that are stopped in the end."""
    async with database.writing() as session:
        for table in TABLES:
            await session.execute(text(table))
    command = [sys.executable, "-m", "tests.races.worker_process", url, str(lease)]
    program = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert program.stdin is not None
    workers = Workers(program)
    listening = asyncio.create_task(workers.listen())
    try:
        yield workers
    finally:
        program.stdin.close()
        await listening
        await program.wait()


async def ask(database: Database, *jobs: NewJob) -> None:
    """Put jobs into the queue and commit."""
    async with database.writing() as session:
        await enqueue(session, *jobs)


async def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    async with database.reading() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def until_rows(database: Database, query: str, expected: list[tuple[Any, ...]]) -> None:
    """Return when a query answers what is expected."""
    async with asyncio.timeout(PATIENCE):
        while await rows(database, query) != expected:  # noqa: ASYNC110 - rows have no event
            await asyncio.sleep(0.02)  # the database is others', too
