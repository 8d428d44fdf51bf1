"""Stands between the app and PostgreSQL, and counts what really goes over the wire.

It sees BEGIN, ROLLBACK, pings and prepared statements, which SQLAlchemy's events don't show.
"""

import asyncio
import struct
import tempfile
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

ENCRYPTION_REQUESTS = {80877103, 80877104}
"""SSLRequest and GSSENCRequest, after which comes another first packet (protocol 55.2.10)."""

SYNC, QUERY, PARSE = b"S", b"Q", b"P"


class Traffic:
    """What was sent: `commands` as plain text (BEGIN...), `parsed` statements to be prepared."""

    def __init__(self) -> None:
        self.round_trips = 0
        self.commands: list[str] = []
        self.parsed: list[str] = []

    def note(self, kind: bytes, body: bytes) -> None:
        """Count one message."""
        self.round_trips += kind in {SYNC, QUERY}
        if kind == QUERY:
            self.commands.append(body.rstrip(b"\0;").decode())
        elif kind == PARSE:
            self.parsed.append(body.split(b"\0")[1].decode())

    def __repr__(self) -> str:
        return f"{self.round_trips} round trips, {self.commands}, parsed {self.parsed}"


class WireProxy:
    """Passes everything on. `url` is the database by way of here."""

    def __init__(self, url: str, folder: Path) -> None:
        parts = make_url(url)
        socket = f".s.PGSQL.{parts.query['port']}"
        self.url = parts.update_query_dict({"host": str(folder)}).render_as_string(
            hide_password=False
        )
        self.socket = folder / socket
        self._traffic = Traffic()
        self._behind = Path(str(parts.query["host"])) / socket

    @contextmanager
    def watched(self) -> Iterator[Traffic]:
        """Count what is sent within the block."""
        seen = self._traffic = Traffic()
        yield seen
        self._traffic = Traffic()

    async def connected(self, client: StreamReader, to_client: StreamWriter) -> None:
        """Serve one connection until either side closes it."""
        server, to_server = await asyncio.open_unix_connection(self._behind)
        answering = asyncio.create_task(_pass_on(server, to_client))
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await _pass_first_packets(client, to_server)
            while True:
                kind = await client.readexactly(1)
                body = await _pass_packet(client, to_server, kind)
                self._traffic.note(kind, body)
        to_server.close()
        await answering


@asynccontextmanager
async def wire_proxy(url: str) -> AsyncIterator[WireProxy]:
    """A proxy before the database at `url`, which must be one behind a Unix socket."""
    with tempfile.TemporaryDirectory() as folder:  # its path is short, as a socket's has to be
        proxy = WireProxy(url, Path(folder))
        async with await asyncio.start_unix_server(proxy.connected, proxy.socket):
            yield proxy


async def _pass_first_packets(client: StreamReader, to_server: StreamWriter) -> None:
    """They have no byte that tells their kind."""
    while True:
        body = await _pass_packet(client, to_server, b"")
        if struct.unpack_from("!i", body)[0] not in ENCRYPTION_REQUESTS:
            return


async def _pass_packet(client: StreamReader, to_server: StreamWriter, kind: bytes) -> bytes:
    size = await client.readexactly(4)
    body = await client.readexactly(struct.unpack("!i", size)[0] - len(size))
    to_server.write(kind + size + body)
    return body


async def _pass_on(server: StreamReader, to_client: StreamWriter) -> None:
    with suppress(ConnectionError):
        while answer := await server.read(65536):
            to_client.write(answer)
    to_client.close()
