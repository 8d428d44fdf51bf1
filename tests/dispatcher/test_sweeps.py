"""Periodic work: once a slot, over all workers and restarts."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.engine import Engine
from app.dispatcher.schedule import Sweep, plant
from tests.dispatcher.engine_kit import queue

NOON = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


class Swept:
    """A sweep of every five minutes that counts its runs."""

    def __init__(self) -> None:
        self.runs = 0
        self.fails = False
        self.sweep = Sweep(name="overdue", every=timedelta(minutes=5), run=self.run)

    async def run(self, _session: AsyncSession) -> None:
        self.runs += 1
        if self.fails:
            raise ValueError("broken")


async def plant_by_each_worker(database: Database, swept: Swept) -> None:
    for _worker in range(3):
        async with database.writing() as session:
            await plant(session, [swept.sweep])


async def test_a_sweep_runs_once_in_its_slot_however_many_workers_planted_it(
    database: Database,
) -> None:
    swept = Swept()
    engine = Engine(database, sweeps=[swept.sweep])
    with time_machine.travel(NOON, tick=False) as traveller:
        await plant_by_each_worker(database, swept)
        assert [row["key"] for row in await queue(database)] == ["overdue:2026-11-22T12:05:00Z"]
        await engine.drain()
        assert swept.runs == 0
        traveller.shift(timedelta(minutes=5))
        await engine.drain()
        await plant_by_each_worker(database, swept)
        await engine.drain()
    assert swept.runs == 1


async def test_a_sweep_comes_again_in_the_next_slot(database: Database) -> None:
    swept = Swept()
    engine = Engine(database, sweeps=[swept.sweep])
    with time_machine.travel(NOON, tick=False) as traveller:
        await plant_by_each_worker(database, swept)
        for _slot in range(3):
            traveller.shift(timedelta(minutes=5))
            await engine.drain()
    assert swept.runs == 3


async def test_after_a_downtime_a_sweep_runs_once_for_all_it_missed(database: Database) -> None:
    swept = Swept()
    with time_machine.travel(NOON, tick=False) as traveller:
        await plant_by_each_worker(database, swept)
        traveller.shift(timedelta(hours=8))
        await Engine(database, sweeps=[swept.sweep]).drain()
        (row,) = await queue(database)
    assert swept.runs == 1
    assert row["key"] == "overdue:2026-11-22T20:05:00Z"


async def test_a_sweep_whose_slot_failed_for_good_comes_again(database: Database) -> None:
    swept = Swept()
    swept.fails = True
    engine = Engine(database, sweeps=[swept.sweep])
    with time_machine.travel(NOON, tick=False) as traveller:
        await plant_by_each_worker(database, swept)
        for _attempt in range(4):
            traveller.shift(timedelta(minutes=5))
            await engine.drain()
        assert swept.runs == 3
        await plant_by_each_worker(database, swept)
        states = [(row["state"], row["key"]) for row in await queue(database)]
    assert states == [
        ("dead", "overdue:2026-11-22T12:05:00Z"),
        ("ready", "overdue:2026-11-22T12:25:00Z"),
    ]
