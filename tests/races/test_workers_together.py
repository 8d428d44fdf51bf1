"""Several workers on one queue: each job is done by one of them, and each key in its order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from app.core.db import Database
from app.core.jobs import NewJob
from app.dispatcher.engine import Engine
from app.dispatcher.lifecycle import running_worker
from app.dispatcher.wake import Waker
from app.dispatcher.work import ClaimedJob
from tests.dispatcher.engine_kit import Postbox, ask, letters, until_empty

WORKERS = 3


@asynccontextmanager
async def workers(url: str, postboxes: list[Postbox]) -> AsyncIterator[None]:
    """A worker for each of these, with connections of its own."""
    async with AsyncExitStack() as stack:
        for postbox in postboxes:
            database = Database.connect(url, size=3)
            stack.push_async_callback(database.close)
            engine = Engine(database, effects={"letter": postbox}, concurrency=4)
            waker = await stack.enter_async_context(Waker(url).running())
            await stack.enter_async_context(running_worker(engine, waker=waker))
        yield


def hold_until_all_have_begun(postboxes: list[Postbox]) -> None:
    """Let no job of theirs go on before each of them has one."""
    begun: set[int] = set()
    all_have = asyncio.Event()

    def hook_of(worker: int) -> Callable[[ClaimedJob], Awaitable[None]]:
        async def hold(_job: ClaimedJob) -> None:
            begun.add(worker)
            if len(begun) == len(postboxes):
                all_have.set()
            await all_have.wait()

        return hold

    for worker, postbox in enumerate(postboxes):
        postbox.perform_hook = hook_of(worker)


async def test_three_workers_do_each_job_once(fresh_database: Database, fresh_url: str) -> None:
    postboxes = [Postbox() for _worker in range(WORKERS)]
    hold_until_all_have_begun(postboxes)
    await ask(fresh_database, *letters(300))
    async with asyncio.timeout(20), workers(fresh_url, postboxes):
        await until_empty(fresh_database)
    performed = [number for postbox in postboxes for number in postbox.performed]
    assert sorted(performed) == list(range(300))


async def test_three_workers_keep_the_order_of_each_key(
    fresh_database: Database, fresh_url: str
) -> None:
    shared = Postbox()
    jobs = [
        NewJob(kind="letter", payload={"n": key * 100 + n}, order_key=f"contact {key}")
        for n in range(10)
        for key in range(5)
    ]
    await ask(fresh_database, *jobs)
    async with asyncio.timeout(20), workers(fresh_url, [shared] * WORKERS):
        await until_empty(fresh_database)
    for key in range(5):
        mine = [n % 100 for n in shared.performed if n // 100 == key]
        assert mine == list(range(10))
