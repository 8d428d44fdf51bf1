"""ClamAV's daemon, asked over its own protocol (clamd(8), INSTREAM)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The daemon does not answer, or not as it should: nothing is known of the file."""


class ScanRefused(Exception):
    """The daemon won't look at this file, say because it is too large for it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the daemon says: `virus` is None for a clean file."""

    virus: str | None


class Clamd:
    """One daemon, at tcp://host:port or unix:///path. A connection for each file."""

    def __init__(self, url: str) -> None:
        """Remember where it is."""
        self._parts = urlsplit(url)

    async def scan(self, chunks: AsyncIterator[bytes]) -> Finding:
        """Have a file looked at. Raises ScannerAway and ScanRefused; whatever fails isn't clean."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                reader, writer = await self._connected()
        except OSError as error:
            raise ScannerAway(str(error)) from error
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return _finding(await _asked(reader, writer, chunks))
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ScannerAway(str(error)) from error
        finally:
            writer.close()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._parts.scheme == "unix":
            return await asyncio.open_unix_connection(self._parts.path, limit=LONGEST_ANSWER)
        return await asyncio.open_connection(
            self._parts.hostname, self._parts.port, limit=LONGEST_ANSWER
        )


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chunks: AsyncIterator[bytes]
) -> str:
    writer.write(b"zINSTREAM\0")
    try:
        async for chunk in chunks:
            writer.write(len(chunk).to_bytes(4, "big") + chunk)
            await writer.drain()
        writer.write(bytes(4))
        await writer.drain()
    except ConnectionError:
        pass  # it hangs up on what it refuses, and has said why
    return (await reader.readuntil(b"\0")).rstrip(b"\0").decode("utf-8", "replace")


def _finding(answer: str) -> Finding:
    if answer == "stream: OK":
        return Finding(None)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Finding(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if "size limit exceeded" in answer:
        raise ScanRefused(answer)
    raise ScannerAway(answer)
