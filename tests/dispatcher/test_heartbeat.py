"""Signs of life: how long the workers have been silent."""

from datetime import timedelta

import time_machine

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.heartbeat import beat, latest_heartbeat_age, oldest_heartbeat_age, sign_off


async def ages(database: Database) -> tuple[timedelta | None, timedelta | None]:
    async with database.reading() as session:
        return await oldest_heartbeat_age(session), await latest_heartbeat_age(session)


async def test_without_a_worker_there_is_no_age(database: Database) -> None:
    assert await ages(database) == (None, None)


async def test_ages_are_those_of_the_most_and_the_least_silent_worker(database: Database) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as traveller:
        for worker in ("one", "two"):
            async with database.writing() as session:
                await beat(session, worker, started_at=start)
            traveller.shift(timedelta(seconds=10))
        assert await ages(database) == (timedelta(seconds=20), timedelta(seconds=10))
        async with database.writing() as session:
            await beat(session, "one", started_at=start)
        assert await ages(database) == (timedelta(seconds=10), timedelta(0))


async def test_a_worker_that_was_killed_is_forgotten_after_two_minutes(database: Database) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as traveller:
        async with database.writing() as session:
            await beat(session, "killed", started_at=start)
        traveller.shift(timedelta(minutes=3))
        async with database.writing() as session:
            await beat(session, "alive", started_at=start)
        assert await ages(database) == (timedelta(0), timedelta(0))


async def test_a_worker_that_signs_off_leaves_no_trace(database: Database) -> None:
    async with database.writing() as session:
        await beat(session, "one", started_at=now())
        await sign_off(session, "one")
    assert await ages(database) == (None, None)
