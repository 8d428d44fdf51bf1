"""A web server on the loopback that answers as a test tells it to.

async with WebServer() as web:
    web.page = Page(b"BEGIN:VCALENDAR...", headers={"ETag": '"1"'})
    ...  # fetch web.url through Outbound(doors=[web.door])
    assert web.requests[-1].headers["if-none-match"] == '"1"'
"""

import asyncio
from dataclasses import dataclass, field
from typing import Self

from app.core.outbound import Door

CHUNK = 65_536


@dataclass(frozen=True)
class Page:
    """What is answered. `silent`: nothing at all. `drip`: the body byte by byte, for ever.

    An `endless` body is sent until the other side hangs up.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    drip: bool = False
    endless: bool = False


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names are in lower case."""

    target: str
    headers: dict[str, str]


class WebServer:
    """Answers every request with `page`; `requests` are those received."""

    def __init__(self) -> None:
        self.page = Page()
        self.requests: list[Asked] = []
        self.sent = 0
        self._port = 0
        self._server: asyncio.Server | None = None
        self._stopping = asyncio.Event()

    @property
    def door(self) -> Door:
        return "127.0.0.1", self._port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/calendar.ics"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._stopping.set()
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request_line, *lines = head.strip().split("\r\n")
            headers = (line.partition(":") for line in lines)
            named = {name.lower(): value.strip() for name, _, value in headers}
            self.requests.append(Asked(request_line.split()[1], named))
            await self._answer(writer, self.page)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side hung up, as it may
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, page: Page) -> None:
        if page.silent:
            await self._stopping.wait()
            return
        lines = [f"HTTP/1.1 {page.status} Answer", "Connection: close"]
        if not (page.endless or page.drip):
            lines.append(f"Content-Length: {len(page.body)}")
        lines += [f"{name}: {value}" for name, value in page.headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + page.body)
        await writer.drain()
        while page.endless and not self._stopping.is_set():
            writer.write(b"x" * CHUNK)
            self.sent += CHUNK
            await writer.drain()
        while page.drip and not self._stopping.is_set():
            writer.write(b"x")
            await writer.drain()
            await asyncio.wait([asyncio.ensure_future(self._stopping.wait())], timeout=0.02)
