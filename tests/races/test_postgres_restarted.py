"""PostgreSQL restarted under load: the worker stays alive, and nothing is lost or done twice."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.db import Database
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.dispatcher.work import ClaimedJob
from app.embedded.postgres import EmbeddedPostgres
from app.models import Base
from tests.dispatcher.engine_kit import Postbox, ask, letters
from tests.races.worker_kit import until_rows

LETTERS = 300
RESTARTS = 2


@pytest.fixture
def postgres() -> Iterator[EmbeddedPostgres]:
    """A server of the test's own, in a directory that its account can enter."""
    with tempfile.TemporaryDirectory(prefix="atrium-test-") as name:
        Path(name).chmod(0o755)
        postgres = EmbeddedPostgres(Path(name) / "postgres", durable=False)
        postgres.start()
        yield postgres
        postgres.stop()


@pytest.fixture
async def own_database(postgres: EmbeddedPostgres) -> AsyncIterator[Database]:
    """A pool on that server, with the engine's tables."""
    database = Database.connect(postgres.admin_url("atrium"), size=4)
    tables = [Base.metadata.tables[name] for name in ("jobs", "worker_heartbeats")]
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all, tables=tables)
    yield database
    await database.close()


class Meter:
    """A hook that tells when so many letters were begun."""

    def __init__(self) -> None:
        self._begun = 0
        self._changed = asyncio.Condition()

    async def __call__(self, _job: ClaimedJob) -> None:
        async with self._changed:
            self._begun += 1
            self._changed.notify_all()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self._begun >= count)


async def test_a_worker_outlives_restarts_of_postgres(
    postgres: EmbeddedPostgres, own_database: Database
) -> None:
    url = postgres.admin_url("atrium")
    postbox, meter = Postbox(), Meter()
    postbox.perform_hook = meter
    engine = Engine(
        own_database,
        effects={"letter": postbox},
        concurrency=8,
        lease=timedelta(seconds=3),
    )
    await ask(own_database, *letters(LETTERS))
    async with Waker(url).running() as waker, running_worker(engine, waker=waker):
        for restart in range(RESTARTS):
            await meter.until((restart + 1) * LETTERS // (RESTARTS + 1))
            await asyncio.to_thread(postgres.stop)
            await asyncio.to_thread(postgres.start)
        await until_rows(own_database, "SELECT count(*) FROM jobs", [(0,)])
    assert sorted(postbox.performed) == list(range(LETTERS))
    assert set(postbox.outcomes().values()) == {"done"}
