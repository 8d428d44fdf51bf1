"""Suspects: jobs whose lease expired, and who may have killed the worker that held them."""

from datetime import timedelta

from sqlalchemy import text

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.dispatcher.work import ClaimedJob
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
    postbox = Postbox()
    begun: list[int] = []

    async def take_time(job: ClaimedJob) -> None:
        begun.append(job.payload["n"])
        if job.payload["n"] == 0:
            for _look in range(5):
                await queue(fresh_database)
            assert begun == [0]

    postbox.perform_hook = take_time
    await leave_behind(fresh_database)
    await ask(fresh_database, *letters(4)[1:])
    async with running_worker(engine_for(fresh_database, postbox), waker=waker):
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
        for _turn in range(3):
            await until_turned(worker, waker)
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


async def until_turned(worker: Worker, waker: Waker) -> None:
    """Wake the worker, and return when it has looked at the queue again."""
    before = worker.turned_at
    waker.announce()

    async def turned() -> bool:
        return worker.turned_at > before

    await until(turned)
