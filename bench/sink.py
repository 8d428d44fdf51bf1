"""A mail server that takes everything, keeps it, and notes when it came."""

import asyncio
import time
from contextlib import suppress
from typing import Self

PATIENCE = 120.0
END = b"\r\n.\r\n"


class Sink:
    """Speaks just enough SMTP (RFC 5321) on a port of its own."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.port = 0
        self._arrivals: list[float] = []
        self._arrived = asyncio.Event()
        self._server: asyncio.Server
        self._open: dict[asyncio.Task[None] | None, asyncio.StreamWriter] = {}

    @property
    def url(self) -> str:
        """What ATRIUM_SMTP_URL has to be."""
        return f"smtp://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._open.values():
            writer.close()
        while self._open:  # each ends by itself once its connection has
            await asyncio.wait([task for task in self._open if task])

    async def rate(self, count: int) -> float:
        """Wait for so many mails; how many came in a second, from the first to the last."""
        self._arrivals.clear()
        self.messages.clear()
        async with asyncio.timeout(PATIENCE):
            while len(self._arrivals) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return (count - 1) / (self._arrivals[count - 1] - self._arrivals[0])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[asyncio.current_task()] = writer
        with suppress(ConnectionError):  # a worker is ended as soon as its last mail came
            await self._converse(reader, writer)
        del self._open[asyncio.current_task()]
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink ESMTP\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                writer.write(b"250-sink\r\n250 SIZE 10000000\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self._take((await reader.readuntil(END))[: -len(END)])
                writer.write(b"250 2.0.0 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 2.1.0 fine\r\n")

    def _take(self, message: bytes) -> None:
        self.messages.append(message)
        self._arrivals.append(time.perf_counter())
        self._arrived.set()
