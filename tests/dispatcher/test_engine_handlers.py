"""Work inside the database: it and its job end together, exactly once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.jobs import NewJob, enqueue
from app.dispatcher.engine import Engine
from app.dispatcher.failures import GiveUp
from app.dispatcher.work import ClaimedJob, Handler
from tests.dispatcher.engine_kit import ask, queue

PLAN = NewJob(kind="plan", payload={"n": 1})
FOLLOW_UP = NewJob(kind="follow-up", payload={"n": 2})


def planner(database: Database, handler: Handler, **options: Any) -> Engine:
    return Engine(database, handlers={"plan": handler}, **options)


async def plan(session: AsyncSession, _job: ClaimedJob) -> None:
    await enqueue(session, FOLLOW_UP)


async def test_what_a_handler_writes_and_the_end_of_its_job_commit_together(
    database: Database,
) -> None:
    await ask(database, PLAN)
    (ending,) = await planner(database, plan).drain()
    assert ending.outcome == "done"
    assert [row["kind"] for row in await queue(database)] == ["follow-up"]


async def test_what_a_failed_handler_wrote_is_undone_and_its_job_tried_later(
    database: Database,
) -> None:
    async def plan_and_fail(session: AsyncSession, job: ClaimedJob) -> None:
        await plan(session, job)
        raise ValueError("no such template")

    await ask(database, PLAN)
    (ending,) = await planner(database, plan_and_fail).drain()
    (row,) = await queue(database)
    assert ending.outcome == "retry"
    assert (row["kind"], row["state"], row["attempts"]) == ("plan", "ready", 1)
    assert row["last_error"] == "ValueError: no such template"
    assert (row["lease_until"], row["leased_by"]) == (None, None)
    assert row["run_at"] == ending.run_at


async def test_a_handler_that_gives_up_sends_its_job_to_the_dead_letters(
    database: Database,
) -> None:
    async def give_up(_session: AsyncSession, _job: ClaimedJob) -> None:
        raise GiveUp("the contact is gone")

    await ask(database, PLAN)
    await planner(database, give_up).drain()
    (row,) = await queue(database)
    assert (row["state"], row["last_error"]) == ("dead", "GiveUp: the contact is gone")


async def test_a_job_dies_when_its_attempts_are_used_up(database: Database) -> None:
    async def fail(_session: AsyncSession, _job: ClaimedJob) -> None:
        raise ValueError

    await ask(database, NewJob(kind="plan", payload={}, max_attempts=1))
    (ending,) = await planner(database, fail).drain()
    (row,) = await queue(database)
    assert (ending.outcome, row["state"], row["attempts"]) == ("dead", "dead", 1)


async def test_a_handler_may_ask_for_its_own_key_again(database: Database) -> None:
    async def ask_again(session: AsyncSession, job: ClaimedJob) -> None:
        if job.payload["n"] > 0:
            again = NewJob(kind="plan", payload={"n": job.payload["n"] - 1}, key="nightly")
            await enqueue(session, again)

    await ask(database, NewJob(kind="plan", payload={"n": 2}, key="nightly"))
    assert len(await planner(database, ask_again).drain()) == 3
    assert await queue(database) == []


async def test_a_handler_that_takes_too_long_is_cut_off(database: Database) -> None:
    async def hang(_session: AsyncSession, _job: ClaimedJob) -> None:
        await asyncio.Event().wait()

    await ask(database, PLAN)
    (ending,) = await planner(database, hang, timeouts={"plan": 0.01}).drain()
    (row,) = await queue(database)
    assert (ending.outcome, row["attempts"]) == ("retry", 1)
    assert row["last_error"] == "TookTooLong: took longer than 0.01 s"


async def test_a_handler_that_cancels_its_own_task_has_failed(database: Database) -> None:
    async def cancel_itself(_session: AsyncSession, _job: ClaimedJob) -> None:
        raise asyncio.CancelledError

    await ask(database, PLAN)
    (ending,) = await planner(database, cancel_itself).drain()
    assert ending.outcome == "retry"
    assert [row["attempts"] for row in await queue(database)] == [1]


async def test_a_transaction_that_is_rolled_back_asks_for_no_work(database: Database) -> None:
    async def ask_and_fail() -> None:
        async with database.writing() as session:
            await enqueue(session, PLAN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ask_and_fail()
    assert await queue(database) == []
    assert await planner(database, plan).drain() == []


async def test_kinds_nobody_handles_are_left_alone(database: Database) -> None:
    await ask(database, FOLLOW_UP)
    assert await planner(database, plan).drain() == []
    assert [row["state"] for row in await queue(database)] == ["ready"]


async def test_a_drain_of_some_kinds_leaves_the_others(database: Database) -> None:
    await ask(database, PLAN, FOLLOW_UP)
    engine = Engine(database, handlers={"plan": plan, "follow-up": plan})
    assert [ending.job.kind for ending in await engine.drain(["plan"])] == ["plan"]
