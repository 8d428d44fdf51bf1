"""A kind whose outside world is slow leaves room for the others."""

from app.core.db import Database
from app.core.jobs import NewJob
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from tests.dispatcher.engine_kit import Gate, Postbox, ask, letters, until, until_empty


def slow(count: int) -> list[NewJob]:
    return [NewJob(kind="slow", payload={"n": n}) for n in range(count)]


async def test_so_many_of_a_kind_run_together_and_no_more(
    fresh_database: Database, waker: Waker
) -> None:
    postbox, slowly, gate = Postbox(), Postbox(), Gate()
    slowly.perform_hook = gate
    engine = Engine(
        fresh_database,
        effects={"letter": postbox, "slow": slowly},
        concurrency=5,
    )
    engine.hold_back("slow", at_most=2)
    await ask(fresh_database, *slow(8))

    async def letters_done() -> bool:
        return len(postbox.performed) == 20

    async with running_worker(engine, waker=waker):
        await gate.full.wait()
        await ask(fresh_database, *letters(20))
        await until(letters_done)
        held = gate.inside
        gate.open.set()
        await until_empty(fresh_database)

    assert held == 2
    assert gate.most == 2
    assert len(slowly.performed) == 8


async def test_a_claim_takes_no_more_than_there_is_room_for(fresh_database: Database) -> None:
    engine = Engine(fresh_database, effects={"letter": Postbox(), "slow": Postbox()})
    engine.hold_back("slow", at_most=3)
    await ask(fresh_database, *slow(9), *letters(4))

    claimed = await engine.claim(["letter", "slow"], limit=20, running={"slow": 1})
    more = await engine.claim(["letter", "slow"], limit=20, running={"slow": 3})

    assert sorted(job.kind for job in claimed) == ["letter"] * 4 + ["slow"] * 2
    assert more == []
