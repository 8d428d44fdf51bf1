"""The loop that keeps an engine going: claim, run, write down, sleep until there is more."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from app.dispatcher import claims
from app.dispatcher.breaker import Breakers
from app.dispatcher.claiming import Claimer
from app.dispatcher.engine import Engine
from app.dispatcher.slots import Slots
from app.dispatcher.supervision import keep_going, log_failure, pause_after
from app.dispatcher.work import ClaimedJob, Settled

GATHER_ENDINGS = 0.01
"""Seconds an ending may wait for others, so that they share a transaction, unless they are half
of all jobs at hand: then the next jobs are wanted."""
BETWEEN_TURNS = 0.01
GRACE = 20.0
LAST_WORDS = 5.0


class Worker:
    """Runs an engine's jobs until it is stopped; failures and outages don't end it."""

    def __init__(self, engine: Engine, *, grace: float = GRACE) -> None:
        """Take the engine, and how many seconds jobs may go on after the stop."""
        self._engine = engine
        self._grace = grace
        self._slots = Slots(engine.concurrency)
        self._breakers = Breakers()
        self._settler = engine.settler()
        self._settling = asyncio.Lock()
        self._reported = asyncio.Event()
        self._reported_many = asyncio.Event()
        self._stopping = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._claimer = Claimer(
            engine, slots=self._slots, breakers=self._breakers, start=self._start
        )
        self.turned_at = 0.0

    def stop(self) -> None:
        """Claim nothing more; `run` returns when the jobs at hand have ended."""
        self._stopping.set()
        self._engine.wake.set()

    async def run(self) -> None:
        """Work until stopped, then finish what is at hand, and give back what takes too long."""
        keepers = [
            asyncio.create_task(keep_going("settling", self._settle_reported)),
            asyncio.create_task(keep_going("leases", self._extend_leases)),
        ]
        try:
            await self._work_until_stopped()
            await self._wind_down()
        finally:
            for task in (*keepers, *self._running):
                task.cancel()
            await asyncio.wait([*keepers, *self._running])

    async def _work_until_stopped(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._engine.wake.clear()
            self.turned_at = _time()
            try:
                pause = await self._claimer.turn()
            except Exception as error:  # noqa: BLE001 - whatever it was, the next turn may succeed
                failures += 1
                log_failure("claiming", error)
                self._claimer.trust_for_now()
                await _wait(self._stopping, pause_after(failures))
            else:
                failures = 0
                await self._sleep(pause)

    async def _sleep(self, seconds: float) -> None:
        """Sleep until woken; while slots are free, keep a distance between turns.

        So requests that commit one after the other share a claim, instead of causing one each.
        """
        await _wait(self._engine.wake, seconds)
        if self._slots.free:
            await _wait(self._stopping, self.turned_at + BETWEEN_TURNS - _time())

    def _start(self, jobs: Sequence[ClaimedJob]) -> None:
        self._slots.take(jobs)
        run = self._engine.runner.run(jobs, self._report, at_once=len(jobs))
        task = asyncio.create_task(run)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _report(self, ending: Settled[Any]) -> None:
        self._settler.report(ending)
        self._reported.set()
        if self._settler.waiting * 2 >= self._slots.taken:
            self._reported_many.set()

    async def _settle_reported(self) -> None:
        await self._reported.wait()
        await _wait(self._reported_many, GATHER_ENDINGS)
        await self._settle()

    async def _settle(self) -> None:
        async with self._settling:
            self._reported.clear()
            self._reported_many.clear()
            try:
                async for endings in self._settler.flush():
                    self._free(endings)
            except BaseException:  # cancelled, too: what is unwritten is still to write
                self._reported.set()
                raise

    def _free(self, endings: Sequence[Settled[Any]]) -> None:
        for ending in endings:
            self._breakers.note(ending, started=self._slots.release(ending.job))
        self._engine.metrics.count(endings)
        self._engine.metrics.show_breakers(self._engine.effects, paused=self._breakers.paused())
        self._engine.wake.set()

    async def _extend_leases(self) -> None:
        if jobs := self._slots.jobs():
            async with self._engine.database.writing() as session:
                await claims.extend(session, jobs, lease=self._engine.lease)
        await asyncio.sleep(self._engine.lease.total_seconds() / 3)  # two tries a lease

    async def _wind_down(self) -> None:
        """Let the jobs at hand end, write their ends down, give the others back."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._grace)
        overdue = list(self._running)
        for task in overdue:
            task.cancel()
        await asyncio.gather(*overdue, return_exceptions=True)
        with suppress(Exception):  # where the database is away, the leases expire instead
            async with asyncio.timeout(LAST_WORDS):
                await self._settle_and_give_back()

    async def _settle_and_give_back(self) -> None:
        await self._settle()
        if self._slots:
            async with self._engine.database.writing() as session:
                await claims.give_back(session, self._slots.jobs())


def _time() -> float:
    return asyncio.get_running_loop().time()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
