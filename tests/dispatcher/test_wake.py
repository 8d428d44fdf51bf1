"""News of work between processes: told once for many commits, heard again after an outage."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import make_url, text

from app.core.db import Database
from app.dispatcher.wake import CHANNEL, Waker
from tests.dispatcher.engine_kit import PATIENCE, until


class Ear:
    """Counts what it hears."""

    def __init__(self) -> None:
        self.heard = 0
        self._news = asyncio.Event()

    def __call__(self, *_notice: object) -> None:
        self.heard += 1
        self._news.set()

    async def hears(self) -> None:
        """Return at the next news."""
        async with asyncio.timeout(PATIENCE):
            await self._news.wait()
        self._news.clear()


@pytest.fixture
async def listener(fresh_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A process of somebody else's that listens."""
    url = make_url(fresh_url).set(drivername="postgresql")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    yield connection
    await connection.close()


async def test_many_commits_close_together_are_told_of_at_most_twice(
    listener: asyncpg.Connection, waker: Waker
) -> None:
    ear = Ear()
    await listener.add_listener(CHANNEL, ear)
    for _commit in range(1000):
        waker.announce()
    await ear.hears()
    for _round in range(3):
        await listener.execute("SELECT 1")
    assert ear.heard <= 2


async def test_a_process_hears_itself_at_once_and_only_once(
    listener: asyncpg.Connection, waker: Waker
) -> None:
    mine, theirs = Ear(), Ear()
    await listener.add_listener(CHANNEL, theirs)
    waker.hear(mine)
    before = mine.heard
    waker.announce()
    assert mine.heard == before + 1
    await theirs.hears()
    await listener.execute(f"NOTIFY {CHANNEL}")
    await mine.hears()
    await until_heard(mine, before + 2)
    assert mine.heard == before + 2


async def until_heard(ear: Ear, count: int) -> None:
    async def heard() -> bool:
        return ear.heard >= count

    await until(heard)


async def test_a_broken_connection_is_made_again_and_what_was_missed_is_told(
    fresh_database: Database, waker: Waker, listener: asyncpg.Connection
) -> None:
    mine, theirs = Ear(), Ear()
    waker.hear(mine)
    await listener.add_listener(CHANNEL, theirs)
    waker.announce()
    await theirs.hears()
    before = mine.heard
    async with fresh_database.reading() as session:
        await session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": waker._server_pid})
    waker.announce()
    await until_heard(mine, before + 2)
    await theirs.hears()
