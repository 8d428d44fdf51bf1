"""Suspects: jobs whose lease expired, and who may have killed the worker that held them."""

from datetime import timedelta
from functools import partial

from sqlalchemy import text

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.dispatcher.worker import Worker
from tests.dispatcher.engine_kit import (
    Gate,
    Postbox,
    ask,
    engine_for,
    letters,
    queue,
    until,
    until_empty,
)


async def test_a_job_that_may_have_killed_its_worker_runs_alone(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, gate = Postbox(), Gate()
    postbox.perform_hook = gate
    await leave_behind(fresh_database)
    await ask(fresh_database, *letters(4)[1:])
    async with running_worker(engine_for(fresh_database, postbox), waker=waker) as worker:
        await gate.full.wait()
        await let_turn(worker, waker)
        assert gate.inside == 1
        gate.open.set()
        await until_empty(fresh_database)
    assert postbox.performed == [0, 1, 2, 3]


async def test_a_job_that_may_have_killed_its_worker_waits_until_the_others_have_ended(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, gate = Postbox(), Gate()
    postbox.perform_hook = gate
    await ask(fresh_database, *letters(1))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker) as worker:
        await gate.full.wait()
        await leave_behind(fresh_database)
        await let_turn(worker, waker)
        assert [row["crashes"] for row in await queue(fresh_database)] == [0, 0]
        gate.open.set()
        await until_empty(fresh_database)
    assert (gate.most, len(postbox.performed)) == (1, 2)


async def leave_behind(database: Database) -> None:
    """Put a job into the queue whose worker has died with it."""
    async with database.writing() as session:
        await session.execute(
            text("""INSERT INTO jobs (kind, payload, state, fence, lease_until)
            VALUES ('letter', '{"n": 0}', 'leased', 1, :past)"""),
            {"past": now() - timedelta(seconds=1)},
        )


async def let_turn(worker: Worker, waker: Waker) -> None:
    """Let the worker look at the queue three times, for suspects too."""
    for _turn in range(3):
        before = worker.turned_at
        worker._claimer._suspects_from = 0.0
        waker.announce()
        await until(partial(has_turned, worker, before))


async def has_turned(worker: Worker, before: float) -> bool:
    return worker.turned_at > before
