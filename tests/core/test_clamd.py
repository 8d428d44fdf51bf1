"""The virus scanner's protocol; whatever goes wrong, a file isn't clean."""

from collections.abc import AsyncIterator

import pytest

from app.core.clamd import Clamd, Finding, ScannerAway, ScanRefused
from tests.clamd_server import ClamdServer
from tests.file_samples import EICAR


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def test_a_clean_file_is_clean():
    async with ClamdServer() as server:
        finding = await Clamd(server.url).scan(pieces(b"larks ", b"over the lake"))

    assert finding == Finding(None)
    assert server.scanned == [19]


async def test_a_virus_is_named_wherever_the_pieces_part_it():
    async with ClamdServer() as server:
        finding = await Clamd(server.url).scan(pieces(b"x" * 70_000 + EICAR[:20], EICAR[20:]))

    assert finding == Finding("Eicar-Signature")


async def test_what_is_too_large_for_it_is_refused():
    async with ClamdServer(largest=1000) as server:
        with pytest.raises(ScanRefused):
            await Clamd(server.url).scan(pieces(*[b"x" * 60_000] * 40))


@pytest.mark.parametrize("answer", [b"", b"ERROR", b"UNKNOWN COMMAND", b"stream: ", b"\xff"])
async def test_an_answer_that_says_nothing_is_none(answer: bytes):
    async with ClamdServer() as server:
        server.says = answer
        with pytest.raises(ScannerAway):
            await Clamd(server.url).scan(pieces(b"larks"))


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:9", "unix:///nowhere/clamd.sock"])
async def test_a_daemon_that_is_not_there_is_away(url: str):
    with pytest.raises(ScannerAway):
        await Clamd(url).scan(pieces(b"larks"))
