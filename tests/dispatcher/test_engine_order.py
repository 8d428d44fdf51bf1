"""Which job comes first, and which has to wait."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from app.core.clock import now
from app.core.db import Database
from app.core.jobs import BULK, NORMAL, URGENT, NewJob, cancel
from app.dispatcher.engine import Engine
from app.dispatcher.failures import GiveUp
from tests.dispatcher.engine_kit import Postbox, ask, queue


def letter(n: int, **columns: Any) -> NewJob:
    return NewJob(kind="letter", payload={"n": n}, **columns)


async def test_urgent_jobs_overtake_normal_ones_and_those_overtake_bulk(
    database: Database,
) -> None:
    postbox = Postbox()
    await ask(database, letter(3, lane=BULK), letter(2, lane=NORMAL), letter(1, lane=URGENT))
    await Engine(database, effects={"letter": postbox}, concurrency=1).drain()
    assert postbox.performed == [1, 2, 3]


async def test_within_a_lane_the_longest_due_comes_first(database: Database) -> None:
    postbox = Postbox()
    at = now()
    await ask(database, letter(2, run_at=at), letter(1, run_at=at - timedelta(minutes=1)))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [1, 2]


async def test_a_job_waits_for_its_time(database: Database) -> None:
    postbox = Postbox()
    engine = Engine(database, effects={"letter": postbox})
    tomorrow = now() + timedelta(days=1)
    await ask(database, letter(1, run_at=tomorrow))
    assert await engine.drain() == []
    with time_machine.travel(tomorrow, tick=False):
        await engine.drain()
    assert postbox.performed == [1]


async def test_jobs_of_one_order_run_one_after_the_other(database: Database) -> None:
    postbox = Postbox()
    await ask(database, *(letter(n, order_key="contact 1") for n in range(3)), letter(9))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.loaded[0] == [row_id(postbox, 0), row_id(postbox, 9)]
    assert [n for n in postbox.performed if n != 9] == [0, 1, 2]


async def test_a_job_that_is_tried_later_holds_up_its_order(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = {0: ValueError("451")}
    await ask(database, *(letter(n, order_key="contact 1") for n in range(2)))
    (failed,) = await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0]
    postbox.fail.clear()
    with time_machine.travel(moment(failed.run_at), tick=False):
        await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0, 0, 1]


async def test_a_dead_job_lets_its_order_go_on(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = {0: GiveUp("gone")}
    await ask(database, *(letter(n, order_key="contact 1") for n in range(2)))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0, 1]


async def test_one_job_of_a_key_waits_at_a_time_and_can_be_taken_back(database: Database) -> None:
    postbox = Postbox()
    await ask(database, letter(1, key="reminder"), letter(2, key="reminder"))
    assert [row["payload"] for row in await queue(database)] == [{"n": 1}]
    async with database.writing() as session:
        await cancel(session, "reminder")
    await ask(database, letter(3, key="reminder"))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [3]


def row_id(postbox: Postbox, number: int) -> int:
    return next(ending.job.id for ending in postbox.settled if ending.job.payload["n"] == number)


def moment(at: datetime | None) -> datetime:
    assert at is not None
    return at
