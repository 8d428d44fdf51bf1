"""The loop that keeps an engine going: claim, run, write down, sleep until there is more."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from app.core.clock import now
from app.dispatcher import claims
from app.dispatcher.breaker import Breakers
from app.dispatcher.engine import LEASE, Engine
from app.dispatcher.slots import Slots
from app.dispatcher.supervision import keep_going, log_failure, pause_after
from app.dispatcher.verdicts import JITTER
from app.dispatcher.work import ClaimedJob, Settled

POLL = 5.0
"""Longest sleep in seconds: work nobody told of is found after it."""
LOOK_AGAIN = 0.5
"""Sleep when jobs are due that can't be claimed now: an earlier one of their order runs."""
SUSPECTS_EVERY = 1.0
GATHER_ENDINGS = 0.01
"""Seconds an ending may wait for others, so that they share a transaction, unless they are half
of all jobs at hand: then the next jobs are wanted."""
GRACE = 20.0


class Worker:
    """Runs an engine's jobs until it is stopped; failures and outages don't end it.

    A job whose lease expired may have killed its worker: it runs alone here, when all others
    have ended, so that it can take nobody with it. A kind whose outside world is away is probed
    by one job at a time.
    """

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
        self._alone = False
        self._suspects_from = 0.0
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
                pause = await self._turn()
            except Exception as error:  # noqa: BLE001  whatever it was, the next turn may succeed
                failures += 1
                log_failure("claiming", error)
                self._suspects_from = _time() + LEASE.total_seconds() / 3
                await _wait(self._stopping, pause_after(failures))
            else:
                failures = 0
                await _wait(self._engine.wake, pause)

    async def _turn(self) -> float:
        """Claim what fits and start it; answers how many seconds may pass until the next turn."""
        if await self._suspect_comes_first():
            return POLL
        await self._claim(self._breakers.closed(self._engine.kinds), self._slots.free)
        for kind in self._idle_probes():
            await self._claim([kind], min(1, self._slots.free))
        return await self._until_due() if self._slots.free else POLL

    async def _claim(self, kinds: Sequence[str], limit: int) -> None:
        self._start(await self._engine.claim(kinds, limit=limit))

    def _idle_probes(self) -> list[str]:
        """Paused kinds that may send one job to see whether the outside world is back."""
        busy = self._slots.kinds()
        return [kind for kind in self._breakers.probing() if kind not in busy]

    async def _suspect_comes_first(self) -> bool:
        """Whether a suspect runs alone now, or waits until the jobs at hand have ended."""
        if self._alone and self._slots:
            return True
        self._alone = False
        if _time() < self._suspects_from or not await self._has_suspect():
            return False
        if not self._slots:
            await self._claim_suspect()
        return True

    async def _has_suspect(self) -> bool:
        kinds = self._breakers.closed(self._engine.kinds)
        async with self._engine.database.reading() as session:
            found = await claims.has_suspect(session, kinds, held=self._slots.ids())
        if not found:
            self._suspects_from = _time() + SUSPECTS_EVERY
        return found

    async def _claim_suspect(self) -> None:
        kinds = self._breakers.closed(self._engine.kinds)
        if job := await self._engine.claim_suspect(kinds, held=self._slots.ids()):
            self._alone = True
            self._start([job])

    async def _until_due(self) -> float:
        waits = [POLL * JITTER.uniform(0.8, 1), self._breakers.until_next_probe()]
        kinds = [*self._breakers.closed(self._engine.kinds), *self._idle_probes()]
        async with self._engine.database.reading() as session:
            due = await claims.next_due(session, kinds)
        if due:
            seconds = (due - now()).total_seconds()
            waits.append(seconds if seconds > 0 else LOOK_AGAIN)
        return min(wait for wait in waits if wait is not None)

    def _start(self, jobs: Sequence[ClaimedJob]) -> None:
        if jobs:
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
            except BaseException:
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
                await claims.extend(session, jobs, lease=LEASE)
        await asyncio.sleep(LEASE.total_seconds() / 3)

    async def _wind_down(self) -> None:
        """Let the jobs at hand end, write their ends down, give the others back."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._grace)
        overdue = list(self._running)
        for task in overdue:
            task.cancel()
        await asyncio.gather(*overdue, return_exceptions=True)
        with suppress(Exception):  # where the database is away, the leases expire instead
            await self._settle()
            async with self._engine.database.writing() as session:
                await claims.give_back(session, self._slots.jobs())


async def _wait(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _time() -> float:
    return asyncio.get_running_loop().time()
