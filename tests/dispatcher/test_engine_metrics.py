"""What Prometheus reads about the jobs."""

from datetime import timedelta

import time_machine
from prometheus_client import CollectorRegistry

from app.core.clock import now
from app.core.db import Database
from app.core.jobs import BULK, NORMAL
from app.dispatcher.engine import Engine
from app.dispatcher.failures import GiveUp
from app.dispatcher.metrics import JobMetrics
from tests.dispatcher.engine_kit import Postbox, ask, letters


async def test_endings_are_counted_by_kind_and_outcome(database: Database) -> None:
    registry = CollectorRegistry()
    postbox = Postbox()
    postbox.fail = {0: GiveUp()}
    engine = Engine(database, effects={"letter": postbox}, metrics=JobMetrics(registry))
    await ask(database, *letters(3))
    await engine.drain()
    ended = {
        outcome: registry.get_sample_value(
            "atrium_jobs_ended_total", {"kind": "letter", "outcome": outcome}
        )
        for outcome in ("done", "dead", "retry")
    }
    assert ended == {"done": 2, "dead": 1, "retry": None}


async def test_the_queue_is_measured(database: Database) -> None:
    registry = CollectorRegistry()
    postbox = Postbox()
    postbox.fail = {0: GiveUp()}
    engine = Engine(database, effects={"letter": postbox}, metrics=JobMetrics(registry))
    await ask(database, *letters(1))
    await engine.drain()
    start = now()
    await ask(database, *letters(2, lane=NORMAL, run_at=start))
    await ask(database, *letters(1, lane=BULK, run_at=start + timedelta(hours=1)))
    with time_machine.travel(start + timedelta(minutes=1), tick=False):
        async with database.reading() as session:
            await engine.metrics.sample(session, engine.kinds)
    oldest = {
        lane: registry.get_sample_value("atrium_jobs_oldest_ready_seconds", {"lane": lane})
        for lane in ("urgent", "normal", "bulk")
    }
    assert oldest == {"urgent": 0, "normal": 60, "bulk": 0}
    assert registry.get_sample_value("atrium_jobs_dead") == 1
