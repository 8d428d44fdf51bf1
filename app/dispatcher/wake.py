"""News of work, carried between processes by NOTIFY. Polling is the guarantee, this the speed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

import asyncpg
from sqlalchemy import make_url

from app.dispatcher.supervision import keep_going

CHANNEL = "atrium_jobs"
BETWEEN_NOTICES = 0.01
KEEP_ALIVE = 10.0
ANSWER_WITHIN = 5.0


class Waker:
    """One connection of its own that both tells of work and hears of it.

    NOTIFY inside the transaction that asks for work would halve the rate of commits, so it is
    sent after the commit, at most once in 10 ms. LISTEN belongs to a session: behind pgbouncer
    in transaction mode, `url` must lead to PostgreSQL directly.
    """

    def __init__(self, url: str) -> None:
        direct = make_url(url).set(drivername="postgresql")
        self._url = direct.render_as_string(hide_password=False)
        self._hearers: list[Callable[[], None]] = []
        self._news = asyncio.Event()
        self._server_pid = 0

    def hear(self, action: Callable[[], None]) -> None:
        """Call `action` whenever there may be work."""
        self._hearers.append(action)

    def announce(self) -> None:
        """There is work: tells this process at once and the others soon; `Database.on_work`."""
        self._tell()
        self._news.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        """Stay connected, through outages, while the block runs."""
        task = asyncio.create_task(keep_going("wake", self._stay_connected))
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _stay_connected(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=ANSWER_WITHIN)
        connection.add_termination_listener(lambda _connection: self._news.set())
        try:
            self._server_pid = connection.get_server_pid()
            await connection.add_listener(CHANNEL, self._heard)
            self._tell()  # of what was missed while nobody listened
            while True:
                await self._pass_on(connection)
        except (asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            raise ConnectionError(str(error)) from error
        finally:
            with suppress(Exception):  # it is thrown away, and may be dead already
                await connection.close(timeout=1)

    async def _pass_on(self, connection: asyncpg.Connection) -> None:
        try:
            async with asyncio.timeout(KEEP_ALIVE):
                await self._news.wait()
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=ANSWER_WITHIN)
            return
        await self._notify(connection)
        await asyncio.sleep(BETWEEN_NOTICES)  # one notice for all of this while

    async def _notify(self, connection: asyncpg.Connection) -> None:
        self._news.clear()  # first: what is announced meanwhile needs a notice of its own
        try:
            await connection.execute(f"NOTIFY {CHANNEL}", timeout=ANSWER_WITHIN)
        except BaseException:  # cancelled, too: the notice is still owed
            self._news.set()
            raise

    def _heard(self, _connection: Any, server_pid: int, _channel: str, _payload: object) -> None:
        if server_pid != self._server_pid:
            self._tell()

    def _tell(self) -> None:
        for action in self._hearers:
            action()
