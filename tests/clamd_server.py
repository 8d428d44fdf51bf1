"""A virus scanner for tests: it speaks clamd's protocol, and knows one virus."""

import asyncio
from typing import Self

from tests.file_samples import EICAR


class ClamdServer:
    """Answers INSTREAM on the loopback; `largest` is its StreamMaxLength, `says` overrides it."""

    def __init__(self, *, largest: int = 1_000_000) -> None:
        self.largest = largest
        self.says: bytes | None = None
        self.scanned: list[int] = []
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        assert self._server
        return f"tcp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(length)
            if len(content) > self.largest:
                break
        self.scanned.append(len(content))
        writer.write(self._answer(content) + b"\0")
        await writer.drain()
        writer.close()

    def _answer(self, content: bytes) -> bytes:
        if self.says is not None:
            return self.says
        if len(content) > self.largest:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"
