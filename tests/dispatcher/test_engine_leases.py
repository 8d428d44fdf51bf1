"""Leases: whose a job is, and what becomes of it when its worker is gone."""

from datetime import datetime, timedelta

import pytest
import time_machine

from app.core.clock import now
from app.core.db import Database
from app.dispatcher import claims
from app.dispatcher.engine import LEASE, Engine
from app.dispatcher.failures import LeaseLost, WorkerDied
from app.dispatcher.settling import Settler
from app.dispatcher.work import ClaimedJob, Settled
from tests.dispatcher.engine_kit import Postbox, ask, letters, queue


def expired() -> datetime:
    return now() + LEASE + timedelta(seconds=1)


async def claim(database: Database, worker: str = "one", limit: int = 10) -> list[ClaimedJob]:
    async with database.writing() as session:
        return await claims.claim(session, ["letter"], limit=limit, worker=worker, lease=LEASE)


async def take_over(database: Database, *, held: tuple[int, ...] = ()) -> ClaimedJob | None:
    async with database.writing() as session:
        return await claims.claim_suspect(session, ["letter"], held=held, worker="two", lease=LEASE)


async def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(database: Database) -> None:
    await ask(database, *letters(1))
    (job,) = await claim(database)
    assert await claim(database, "two") == []
    assert await take_over(database) is None
    with time_machine.travel(expired(), tick=False):
        taken = await take_over(database)
    assert taken is not None
    assert (taken.id, taken.fence, taken.crashes) == (job.id, job.fence + 1, 1)


async def test_who_lost_a_lease_can_no_longer_end_the_job(database: Database) -> None:
    postbox = Postbox()
    await ask(database, *letters(1))
    (job,) = await claim(database)
    with time_machine.travel(expired(), tick=False):
        await take_over(database)
        settler = Settler(database, {"letter": postbox})
        settler.report(Settled(job=job, outcome="done", result="sent"))
        (ending,) = [ending async for batch in settler.flush() for ending in batch]
    assert (ending.outcome, postbox.settled) == ("lost", [])
    assert [row["state"] for row in await queue(database)] == ["leased"]


async def test_who_lost_a_lease_can_no_longer_do_the_job_in_the_database(
    database: Database,
) -> None:
    await ask(database, *letters(1))
    (job,) = await claim(database)
    with time_machine.travel(expired(), tick=False):
        await take_over(database)
    async with database.writing() as session:
        with pytest.raises(LeaseLost):
            await claims.take_off(session, job)


async def test_an_extended_lease_does_not_expire(database: Database) -> None:
    await ask(database, *letters(1))
    jobs = await claim(database)
    with time_machine.travel(now() + LEASE / 2, tick=False):
        async with database.writing() as session:
            await claims.extend(session, jobs, lease=LEASE)
    with time_machine.travel(expired(), tick=False):
        assert await take_over(database) is None


async def test_a_worker_does_not_suspect_what_it_holds_itself(database: Database) -> None:
    await ask(database, *letters(1))
    (job,) = await claim(database)
    with time_machine.travel(expired(), tick=False):
        assert await take_over(database, held=(job.id,)) is None


async def test_a_job_given_back_can_be_claimed_at_once_and_has_lost_no_attempt(
    database: Database,
) -> None:
    await ask(database, *letters(1))
    jobs = await claim(database)
    async with database.writing() as session:
        await claims.give_back(session, jobs)
    (again,) = await claim(database, "two")
    assert (again.attempts, again.crashes, again.fence) == (0, 0, jobs[0].fence + 1)


async def test_a_job_that_outlived_three_workers_dies_unperformed(database: Database) -> None:
    postbox = Postbox()
    await ask(database, *letters(1))
    await claim(database)
    for crashes in (1, 2):
        with time_machine.travel(now() + crashes * (LEASE + timedelta(seconds=1)), tick=False):
            await take_over(database)
    with time_machine.travel(now() + 3 * (LEASE + timedelta(seconds=1)), tick=False):
        (ending,) = await Engine(database, effects={"letter": postbox}).drain()
    (row,) = await queue(database)
    assert (ending.outcome, row["state"], row["crashes"]) == ("dead", "dead", 3)
    assert isinstance(ending.error, WorkerDied)
    assert (postbox.performed, postbox.outcomes()) == ([], {0: "dead"})


async def test_a_job_whose_worker_died_once_is_done_by_the_next(database: Database) -> None:
    postbox = Postbox()
    await ask(database, *letters(1))
    await claim(database)
    with time_machine.travel(expired(), tick=False):
        await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0]
    assert await queue(database) == []
