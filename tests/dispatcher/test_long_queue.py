"""A long queue, or one kind's backlog, must not slow the claims of the rest."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import TextClause, text

from app.core.clock import now
from app.core.db import Database
from app.dispatcher import claims

LENGTH = 5000

FILL = text("""
INSERT INTO jobs (kind, run_at) SELECT 'letter', :run_at FROM generate_series(1, :length)
""")

FLUSH = text("SELECT pg_stat_force_next_flush()")
WHOLE_READS = text("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'jobs'")
ENTRIES_READ = text("""
SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'jobs_ready_idx'
""")


@pytest.fixture
async def one_connection(fresh_url: str) -> AsyncIterator[Database]:
    """The dispatcher's way to connect, narrowed to one connection with its cached statements."""
    database = Database.connect(fresh_url, size=1, fresh_plans=True)
    yield database
    await database.close()


async def look_for_plans(database: Database) -> None:
    """What a worker asks of the queue, as often as makes PostgreSQL keep a plan."""
    for _time in range(8):
        async with database.reading() as session:
            lease = timedelta(seconds=30)
            assert not await claims.claim(session, ["plan"], limit=20, worker="one", lease=lease)
            await claims.next_due(session, ["plan"])


async def fill(database: Database, run_at: datetime) -> None:
    async with database.writing() as session:
        await session.execute(FILL, {"run_at": run_at, "length": LENGTH})


async def figure(database: Database, query: TextClause) -> int:
    """A counter of PostgreSQL's, with what this connection has done so far."""
    async with database.reading() as session:
        await session.execute(FLUSH)
        return int((await session.execute(query)).scalar_one())


async def test_a_queue_that_was_empty_is_not_read_whole_once_it_is_long(
    one_connection: Database,
) -> None:
    async with one_connection.reading() as session:
        await session.execute(text("ANALYZE jobs"))
    await look_for_plans(one_connection)
    await fill(one_connection, now() + timedelta(days=1))
    before = await figure(one_connection, WHOLE_READS)
    await look_for_plans(one_connection)
    assert await figure(one_connection, WHOLE_READS) == before


async def test_the_backlog_of_one_kind_is_not_read_to_claim_another(
    one_connection: Database,
) -> None:
    await fill(one_connection, now() - timedelta(hours=1))
    before = await figure(one_connection, ENTRIES_READ)
    await look_for_plans(one_connection)
    assert await figure(one_connection, ENTRIES_READ) - before < 100
