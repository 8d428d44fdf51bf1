"""Work outside the database: loaded together, done one by one, recorded with the job's end."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import time_machine
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.jobs import NewJob, enqueue
from app.dispatcher.engine import Engine
from app.dispatcher.failures import Expired, GiveUp, Unavailable
from app.dispatcher.work import ClaimedJob, Settled
from tests.dispatcher.engine_kit import Postbox, ask, letters, queue


async def test_many_jobs_are_loaded_by_one_query_and_performed_in_order(
    database: Database,
) -> None:
    postbox = Postbox()
    await ask(database, *letters(10))
    endings = await Engine(database, effects={"letter": postbox}).drain()
    assert len(postbox.loaded) == 1
    assert postbox.performed == list(range(10))
    assert [ending.result for ending in endings] == [f"sent {n}" for n in range(10)]
    assert await queue(database) == []


async def test_a_job_with_nothing_left_to_do_ends_without_being_performed(
    database: Database,
) -> None:
    postbox = Postbox()
    postbox.left_out = {1}
    await ask(database, *letters(3))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0, 2]
    assert postbox.outcomes() == {0: "done", 1: "done", 2: "done"}
    assert await queue(database) == []


async def test_settling_is_told_of_successes_retries_and_deaths(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = {1: ValueError("451 try later"), 2: GiveUp("550 no such user")}
    await ask(database, *letters(3))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.outcomes() == {0: "done", 1: "retry", 2: "dead"}
    errors = {ending.job.payload["n"]: ending.error for ending in postbox.settled}
    assert errors == {0: None, **postbox.fail}
    assert [(row["state"], row["attempts"]) for row in await queue(database)] == [
        ("ready", 1),
        ("dead", 1),
    ]


async def test_what_settling_records_commits_with_the_end_of_the_jobs(
    database: Database,
) -> None:
    class Recorded(Postbox):
        async def settle(self, session: AsyncSession, results: Sequence[Settled[str]]) -> None:
            await enqueue(session, *(NewJob(kind="record", payload={}) for _ in results))

    await ask(database, *letters(2))
    await Engine(database, effects={"letter": Recorded()}).drain()
    assert [row["kind"] for row in await queue(database)] == ["record", "record"]


async def test_a_result_that_cannot_be_recorded_spoils_only_its_own_job(
    database: Database,
) -> None:
    class Picky(Postbox):
        async def settle(self, session: AsyncSession, results: Sequence[Settled[str]]) -> None:
            if any(ending.job.payload["n"] == 1 for ending in results):
                raise ValueError("no row for it")
            await super().settle(session, results)

    postbox = Picky()
    await ask(database, *letters(3))
    await Engine(database, effects={"letter": postbox}).drain()
    (row,) = await queue(database)
    assert (row["payload"], row["attempts"]) == ({"n": 1}, 1)
    assert postbox.outcomes() == {0: "done", 2: "done"}


async def test_a_job_that_cannot_be_loaded_spoils_only_itself(database: Database) -> None:
    class Fragile(Postbox):
        async def load(
            self, session: AsyncSession, jobs: Sequence[ClaimedJob]
        ) -> Mapping[int, ClaimedJob]:
            if any(job.payload["n"] == 1 for job in jobs):
                raise ValueError("payload of an older version")
            return await super().load(session, jobs)

    postbox = Fragile()
    await ask(database, *letters(3))
    await Engine(database, effects={"letter": postbox}).drain()
    assert postbox.performed == [0, 2]
    assert [row["payload"] for row in await queue(database)] == [{"n": 1}]


async def test_a_failed_job_is_tried_again_when_its_pause_is_over(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = {0: ValueError("451")}
    engine = Engine(database, effects={"letter": postbox})
    await ask(database, *letters(1))
    (failed,) = await engine.drain()
    assert failed.run_at is not None
    assert timedelta(seconds=4) < failed.run_at - now() <= timedelta(seconds=10)
    assert await engine.drain() == []
    postbox.fail.clear()
    with time_machine.travel(failed.run_at, tick=False):
        assert [ending.outcome for ending in await engine.drain()] == ["done"]


async def test_while_the_outside_world_is_away_no_attempt_is_used(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = dict.fromkeys(range(3), Unavailable("connection refused"))
    engine = Engine(database, effects={"letter": postbox})
    await ask(database, *letters(3))
    assert [ending.outcome for ending in await engine.drain()] == ["postponed"] * 3
    assert [row["attempts"] for row in await queue(database)] == [0, 0, 0]
    postbox.fail.clear()
    await engine.drain()
    assert postbox.performed == [0, 1, 2, 0, 1, 2]
    assert await queue(database) == []


async def test_a_connection_the_effect_could_not_make_is_a_failed_attempt(
    database: Database,
) -> None:
    postbox = Postbox()
    postbox.fail = {0: ConnectionRefusedError("webhook endpoint")}
    await ask(database, *letters(1))
    (ending,) = await Engine(database, effects={"letter": postbox}).drain()
    assert (ending.outcome, [row["attempts"] for row in await queue(database)]) == ("retry", [1])


async def test_a_job_that_comes_too_late_is_cancelled_and_its_effect_told(
    database: Database,
) -> None:
    postbox = Postbox()
    await ask(database, *letters(1, expires_at=now() + timedelta(hours=1)))
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        await Engine(database, effects={"letter": postbox}).drain()
    (row,) = await queue(database)
    (ending,) = postbox.settled
    assert (postbox.performed, ending.outcome, row["state"]) == ([], "expired", "cancelled")
    assert isinstance(ending.error, Expired)
    assert row["last_error"].startswith("Expired: expired at ")


async def test_an_error_that_no_column_takes_is_recorded_all_the_same(database: Database) -> None:
    postbox = Postbox()
    postbox.fail = {0: ValueError("nul \x00, surrogate \ud800 " + "x" * 9000)}
    await ask(database, *letters(1))
    await Engine(database, effects={"letter": postbox}).drain()
    (row,) = await queue(database)
    assert row["last_error"].startswith("ValueError: nul  , surrogate ? xxx")
    assert len(row["last_error"]) == 500
