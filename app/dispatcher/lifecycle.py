"""Running a worker inside another program, or as a program of its own."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from app.core.clock import now
from app.dispatcher.engine import Engine
from app.dispatcher.heartbeat import BEAT_EVERY, beat, sign_off
from app.dispatcher.schedule import plant
from app.dispatcher.supervision import keep_going
from app.dispatcher.wake import Waker
from app.dispatcher.worker import GRACE, Worker

PLANT_EVERY = 60.0
HANGS_AFTER = 30.0
"""A loop that hasn't turned for so many seconds hangs: its worker no longer shows life."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def running_worker(
    engine: Engine, *, waker: Waker, grace: float = GRACE
) -> AsyncIterator[Worker]:
    """A worker at work while the block runs, for an application's lifespan.

    Leaving the block stops claiming, lets the jobs at hand end within `grace` seconds and gives
    the others back. `waker` must be running; commits on the engine's database announce through it.
    """
    engine.database.on_work = waker.announce
    waker.hear(engine.wake.set)
    worker = Worker(engine, grace=grace)
    work = asyncio.create_task(worker.run())
    tasks = [
        asyncio.create_task(keep_going("heartbeat", _Pulse(engine, worker).beat)),
        asyncio.create_task(keep_going("planting sweeps", lambda: _plant_sweeps(engine))),
    ]
    log.info("worker_started", worker=engine.name)
    try:
        yield worker
    finally:
        worker.stop()
        await work
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await _sign_off(engine)


async def run_worker(engine: Engine, *, waker: Waker, grace: float = GRACE) -> None:
    """Work until SIGTERM or SIGINT; a second signal ends the process at once."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    async with waker.running(), running_worker(engine, waker=waker, grace=grace):
        await stopping.wait()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


class _Pulse:
    """The sign of life: given only while the worker's loop really turns."""

    def __init__(self, engine: Engine, worker: Worker) -> None:
        self._engine = engine
        self._worker = worker
        self._started_at = now()

    async def beat(self) -> None:
        """One beat, a look at the queue for the metrics, and the rest until the next."""
        silence = asyncio.get_running_loop().time() - self._worker.turned_at
        async with self._engine.database.writing() as session:
            if silence < HANGS_AFTER:
                await beat(session, self._engine.name, started_at=self._started_at)
            await self._engine.metrics.sample(session, self._engine.kinds)
        await asyncio.sleep(BEAT_EVERY)  # a beat has its time


async def _plant_sweeps(engine: Engine) -> None:
    async with engine.database.writing() as session:
        await plant(session, engine.sweeps)
    await asyncio.sleep(PLANT_EVERY)  # the next look has its time


async def _sign_off(engine: Engine) -> None:
    with suppress(Exception):  # where the database is away, the row grows old instead
        async with engine.database.writing() as session:
            await sign_off(session, engine.name)
    log.info("worker_stopped", worker=engine.name)
