"""Files as they arrive: as the body itself, or as the one file of a form; piece by piece."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from app.core import arriving
from app.core.arriving import UploadBrokenOff, UploadStalled, arriving_file
from app.core.form_files import FormUnreadable, OneFileOnly
from app.core.http_errors import UnsupportedMediaType

CONTENT = bytes(range(256)) * 40


def request(body: bytes, headers: dict[str, str], *, step: int = 7, ends: bool = True) -> Request:
    """A request whose body comes a few bytes at a time."""
    pieces = [body[at : at + step] for at in range(0, len(body), step)]
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
    ]
    last = {"type": "http.request", "body": b""} if ends else {"type": "http.disconnect"}
    waiting = iter([*messages, last])

    async def receive() -> dict[str, Any]:
        return next(waiting)

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": raw}, receive)


def form(**files: Any) -> tuple[bytes, dict[str, str]]:
    built = httpx.Request("POST", "http://x", data={"note": "for Ada"}, files=files)
    return built.read(), {"Content-Type": built.headers["content-type"]}


async def whole(incoming: arriving.Arriving) -> bytes:
    return b"".join([chunk async for chunk in incoming.chunks])


async def test_the_body_is_the_file():
    incoming = await arriving_file(
        request(CONTENT, {"Content-Disposition": 'attachment; filename="larks.bin"'})
    )

    assert incoming.name == "larks.bin"
    assert await whole(incoming) == CONTENT


async def test_a_body_may_come_without_a_name():
    assert (await arriving_file(request(CONTENT, {}))).name is None


@pytest.mark.parametrize("step", [1, 7, 64, 100_000])
async def test_a_form_brings_one_file(step: int):
    body, headers = form(upload=("Lärche.bin", CONTENT))
    incoming = await arriving_file(request(body, headers, step=step))

    assert incoming.name == "Lärche.bin"
    assert await whole(incoming) == CONTENT


async def test_an_empty_file_of_a_form_is_empty():
    body, headers = form(upload=("none.txt", b""))

    assert await whole(await arriving_file(request(body, headers))) == b""


async def test_a_form_without_a_file_is_refused():
    body = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--x--\r\n'
    with pytest.raises(OneFileOnly):
        await arriving_file(request(body, {"Content-Type": "multipart/form-data; boundary=x"}))


@pytest.mark.parametrize("step", [7, 100_000])
async def test_two_files_are_refused(step: int):
    body, headers = form(one=("a.txt", b"a"), two=("b.txt", b"b"))
    with pytest.raises(OneFileOnly):
        await whole(await arriving_file(request(body, headers, step=step)))


@pytest.mark.parametrize("kept", [-5, -400, 60, 0])
async def test_a_form_that_ends_too_early_is_refused(kept: int):
    body, headers = form(upload=("a.bin", CONTENT))
    with pytest.raises(FormUnreadable):
        await whole(await arriving_file(request(body[:kept], headers)))


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "multipart/form-data; boundary="},
        {"Content-Type": "multipart/form-data; boundary=other"},
    ],
)
async def test_a_form_that_is_none_is_refused(headers: dict[str, str]):
    with pytest.raises(FormUnreadable):
        await whole(await arriving_file(request(b"--x\r\nlarks", headers)))


async def test_a_compressed_body_is_refused():
    with pytest.raises(UnsupportedMediaType):
        await arriving_file(request(b"x", {"Content-Encoding": "gzip"}))


async def test_a_caller_who_hangs_up_breaks_the_upload_off():
    with pytest.raises(UploadBrokenOff):
        await whole(await arriving_file(request(CONTENT, {}, ends=False)))


async def test_a_caller_who_falls_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(arriving, "LONGEST_SILENCE", 0.01)

    async def silence() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    silent = Request({"type": "http", "method": "POST", "headers": []}, silence)
    incoming = await arriving_file(silent)
    with pytest.raises(UploadStalled):
        await whole(incoming)


async def collected(chunks: AsyncIterator[bytes]) -> Sequence[bytes]:
    return [chunk async for chunk in chunks]


async def test_a_large_file_of_a_form_passes_in_small_pieces():
    body, headers = form(upload=("a.bin", CONTENT * 100))
    incoming = await arriving_file(request(body, headers, step=65_536))

    assert max(map(len, await collected(incoming.chunks))) <= 65_536 + 200
