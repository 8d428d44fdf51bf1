"""What the engine room forgets, and what it keeps."""

from datetime import timedelta

import time_machine
from sqlalchemy import text

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.engine import Engine
from app.dispatcher.retention import RETENTION
from app.dispatcher.schedule import plant
from tests.dispatcher.engine_kit import queue

OLD_AND_NEW = (
    """INSERT INTO idempotency_keys (key, fingerprint, created_at)
    VALUES ('old', '', :now - interval '25 hours'), ('new', '', :now)""",
    """INSERT INTO throttle_buckets (key, arrival)
    VALUES ('old', :now - interval '1 hour'), ('new', :now + interval '1 hour')""",
    """INSERT INTO worker_heartbeats (worker, beat_at)
    VALUES ('old', :now - interval '2 hours'), ('new', :now)""",
    """INSERT INTO jobs (kind, state, run_at)
    VALUES ('old', 'dead', :now - interval '31 days'), ('new', 'dead', :now - interval '1 day'),
      ('old', 'cancelled', :now - interval '8 days'), ('new', 'cancelled', :now)""",
)

LEFT = """SELECT
  (SELECT array_agg(encode(key, 'escape')) FROM idempotency_keys) AS idempotency_keys,
  (SELECT array_agg(encode(key, 'escape')) FROM throttle_buckets) AS throttle_buckets,
  (SELECT array_agg(worker) FROM worker_heartbeats) AS worker_heartbeats"""


async def test_what_is_old_goes_and_what_is_new_stays(database: Database) -> None:
    async with database.writing() as session:
        for statement in OLD_AND_NEW:
            await session.execute(
                text(statement.replace(":now", "cast(:now AS timestamptz)")), {"now": now()}
            )
        await plant(session, [RETENTION])
    with time_machine.travel(now() + RETENTION.every, tick=False):
        (ending,) = await Engine(database, sweeps=[RETENTION]).drain()
    assert ending.outcome == "done"
    async with database.reading() as session:
        left = (await session.execute(text(LEFT))).mappings().one()
    assert dict(left) == {table: ["new"] for table in left}
    assert [row["kind"] for row in await queue(database)] == ["new", "new", RETENTION.kind]
    assert RETENTION.every <= timedelta(minutes=10)
