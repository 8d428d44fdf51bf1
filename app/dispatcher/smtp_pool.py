"""Kept-open connections to the relay: five times as many mails as with one connection each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiosmtplib

from app.dispatcher.relay import Relay
from app.dispatcher.replies import RelayUnavailable, failure_from

GOODBYE_SECONDS = 2.0
MAILS_PER_CONNECTION = 100


@dataclass(slots=True, eq=False)
class Connection:
    """An open connection, with the number of mails it has carried."""

    smtp: aiosmtplib.SMTP
    mails: int = 0
    idle_timer: asyncio.TimerHandle | None = None


class SmtpPool:
    """At most `size` connections, each used by one mail at a time.

    A connection is closed after 100 mails, when nobody needed it for `idle_seconds`, and after
    any error: what the server then thinks of it is not worth asking.
    """

    def __init__(
        self,
        relay: Relay,
        *,
        size: int = 4,
        idle_seconds: float = 30.0,
        timeout_seconds: float = 30.0,
    ) -> None:
        self._relay = relay
        self._idle_seconds = idle_seconds
        self._timeout_seconds = timeout_seconds
        self._gate = asyncio.Semaphore(size)
        self._idle: list[Connection] = []
        self._goodbyes: set[asyncio.Task[None]] = set()
        self._closed = False

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for one mail.

        Raises RelayUnavailable where none can be opened, whatever the reason: before the first
        mail it is the relay's doing, or the settings'.
        """
        async with self._gate:
            connection = self._take_idle() or await self._open()
            try:
                yield connection
            except BaseException:  # cancelled, too: nobody knows what it was saying
                connection.smtp.close()
                raise
            connection.mails += 1
            self._put_back(connection)

    async def close(self) -> None:
        """Say goodbye on every idle connection; one in use is closed when its mail is done."""
        self._closed = True
        while connection := self._take_idle():
            self._retire(connection)
        await asyncio.gather(*self._goodbyes)

    def _take_idle(self) -> Connection | None:
        """The one used last, so that those not needed any more run out of time."""
        while self._idle:
            connection = self._idle.pop()
            if connection.idle_timer:
                connection.idle_timer.cancel()
            if connection.smtp.is_connected:
                return connection
        return None

    async def _open(self) -> Connection:
        if self._closed:
            raise RelayUnavailable("the connections to the relay are closed")
        smtp = self._relay.client(timeout_seconds=self._timeout_seconds)
        try:
            await smtp.connect()
            if smtp.is_ehlo_or_helo_needed:
                await smtp.ehlo()
        except (aiosmtplib.SMTPException, OSError, UnicodeError) as error:
            smtp.close()
            raise RelayUnavailable(str(failure_from(error))) from error
        return Connection(smtp)

    def _put_back(self, connection: Connection) -> None:
        if self._closed or connection.mails >= MAILS_PER_CONNECTION:
            self._retire(connection)
            return
        loop = asyncio.get_running_loop()
        connection.idle_timer = loop.call_later(self._idle_seconds, self._expire, connection)
        self._idle.append(connection)

    def _expire(self, connection: Connection) -> None:
        self._idle.remove(connection)
        self._retire(connection)

    def _retire(self, connection: Connection) -> None:
        goodbye = asyncio.create_task(_say_goodbye(connection.smtp))
        self._goodbyes.add(goodbye)
        goodbye.add_done_callback(self._goodbyes.discard)


async def _say_goodbye(smtp: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException, OSError):
        await smtp.quit(timeout=GOODBYE_SECONDS)
    smtp.close()
