"""The worker: it hears of work, keeps its limits, pauses, and stops as it should."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.jobs import NewJob
from app.dispatcher import breaker
from app.dispatcher.engine import Engine
from app.dispatcher.failures import Unavailable
from app.dispatcher.heartbeat import latest_heartbeat_age
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.dispatcher.work import ClaimedJob
from tests.dispatcher.engine_kit import (
    PATIENCE,
    Gate,
    Postbox,
    ask,
    engine_for,
    letters,
    queue,
    until,
    until_empty,
)


async def test_a_worker_hears_at_once_of_work_another_process_asked_for(
    fresh_database: Database, fresh_url: str, waker: Waker
) -> None:
    elsewhere, other_waker = Database.connect(fresh_url, size=1), Waker(fresh_url)
    elsewhere.on_work = other_waker.announce
    engine = engine_for(fresh_database, Postbox())
    async with other_waker.running(), running_worker(engine, waker=waker):
        async with asyncio.timeout(3):  # less than one poll
            for _round in range(10):
                await ask(elsewhere, *letters(1))
                await until_empty(fresh_database)
    await elsewhere.close()


async def test_a_job_runs_when_its_time_comes_though_nobody_tells(
    fresh_database: Database, waker: Waker
) -> None:
    postbox = Postbox()
    await ask(fresh_database, *letters(1, run_at=now() + timedelta(seconds=0.2)))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker):
        async with asyncio.timeout(2):
            await until_empty(fresh_database)
    assert postbox.performed == [0]


async def test_no_more_jobs_run_together_than_allowed(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, gate = Postbox(), Gate()
    postbox.perform_hook = gate
    await ask(fresh_database, *letters(12))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker):
        await gate.full.wait()
        gate.open.set()
        await until_empty(fresh_database)
    assert (gate.most, len(postbox.performed)) == (5, 12)


async def test_while_the_outside_world_is_away_single_probes_ask_for_it(
    fresh_database: Database, waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 0.05)
    postbox = Postbox()
    tries: asyncio.Queue[int] = asyncio.Queue()

    async def count(_job: ClaimedJob) -> None:
        tries.put_nowait(1)

    postbox.perform_hook = count
    postbox.fail = dict.fromkeys(range(20), Unavailable("connection refused"))
    await ask(fresh_database, *letters(20))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker):
        async with asyncio.timeout(PATIENCE):
            for _try in range(5 + 3):
                await tries.get()
        performed = postbox.performed[5:]
        postbox.fail.clear()
        await until_empty(fresh_database)
    assert performed == [0, 0, 0]
    outcomes = [ending.job.attempts for ending in postbox.settled]
    assert (set(outcomes), set(postbox.outcomes().values())) == ({0}, {"done"})


async def test_a_paused_kind_does_not_hold_up_the_others(
    fresh_database: Database, waker: Waker
) -> None:
    away, fine = Postbox(), Postbox()
    away.fail = dict.fromkeys(range(20), Unavailable("connection refused"))
    engine = Engine(fresh_database, effects={"letter": away, "webhook": fine}, concurrency=5)
    await ask(fresh_database, *letters(20))
    async with running_worker(engine, waker=waker):
        await until(lambda: has_settled(away, 5))
        async with fresh_database.writing() as session:
            await session.execute(
                text(
                    "INSERT INTO jobs (kind, payload, run_at) VALUES ('webhook', '{\"n\": 1}', :at)"
                ),
                {"at": now()},
            )
        engine.wake.set()
        await until(lambda: has_settled(fine, 1))
    assert len(away.performed) <= 5 + 2


async def has_settled(postbox: Postbox, count: int) -> bool:
    return len(postbox.settled) >= count


async def test_a_stopped_worker_ends_the_jobs_at_hand_and_claims_no_more(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, gate = Postbox(), Gate()
    postbox.perform_hook = gate
    await ask(fresh_database, *letters(12))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker) as worker:
        await gate.full.wait()
        worker.stop()
        gate.open.set()
    assert sorted(postbox.performed) == [0, 1, 2, 3, 4]
    assert [(row["state"], row["fence"]) for row in await queue(fresh_database)] == [
        ("ready", 0)
    ] * 7


async def test_what_outlasts_the_grace_is_given_back_without_losing_an_attempt(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, gate = Postbox(), Gate()
    postbox.perform_hook = gate
    await ask(fresh_database, *letters(1))
    async with running_worker(engine_for(fresh_database, postbox), waker=waker, grace=0.01):
        await gate.full.wait()
    (row,) = await queue(fresh_database)
    assert (row["state"], row["attempts"], row["crashes"]) == ("ready", 0, 0)
    assert (row["lease_until"], gate.inside) == (None, 0)


async def test_a_statement_that_takes_too_long_is_cut_off_and_nothing_else(
    fresh_database: Database, waker: Waker
) -> None:
    async def sleep(session: AsyncSession, job: ClaimedJob) -> None:
        await session.execute(text("SELECT pg_sleep(:n)"), {"n": job.payload["n"]})

    engine = Engine(fresh_database, handlers={"letter": sleep}, timeouts={"letter": 0.5})
    await ask(fresh_database, *letters(1), NewJob(kind="letter", payload={"n": 60}))

    async def cut_off() -> bool:
        return [row["attempts"] for row in await queue(fresh_database)] == [1]

    async with running_worker(engine, waker=waker):
        await until(cut_off)
    (row,) = await queue(fresh_database)
    assert row["last_error"] == "TookTooLong: took longer than 0.5 s"


async def test_a_worker_shows_life_while_it_runs(fresh_database: Database, waker: Waker) -> None:
    engine = engine_for(fresh_database, Postbox())

    async def beating() -> bool:
        async with fresh_database.reading() as session:
            return await latest_heartbeat_age(session) is not None

    async with running_worker(engine, waker=waker):
        await until(beating)
    assert not await beating()
