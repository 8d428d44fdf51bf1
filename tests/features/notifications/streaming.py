"""Following a stream until its reader signs out, which ends it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.make import Make, Person


class Looks:
    """Lets streams look again and again, and waits until they have."""

    def __init__(self) -> None:
        self._finished = asyncio.Condition()
        self._number = 0

    async def news(self) -> None:
        """In place of waiting for news; a look is over whenever this is called."""
        async with self._finished:
            self._number += 1
            self._finished.notify_all()
        await asyncio.sleep(0.005)  # the database is others', too

    async def two(self) -> None:
        """Wait for two looks: the second began after this was called."""
        async with self._finished:
            last = self._number + 2
            await self._finished.wait_for(lambda: self._number >= last)


@asynccontextmanager
async def following(
    make: Make, monkeypatch: pytest.MonkeyPatch, person: Person, path: str, last: str | None = None
) -> AsyncIterator[list[dict[str, Any]]]:
    """Follow while the block runs; what was heard is there after it."""
    looks, heard = Looks(), list[dict[str, Any]]()
    monkeypatch.setattr(make.runtime.streams, "news", looks.news)
    headers = {"Last-Event-ID": last} if last else {}
    async with make.anonymous() as http:
        http.headers["Authorization"] = person.http.headers["Authorization"]
        stream = asyncio.create_task(http.get(path, headers=headers))
        await asyncio.wait_for(looks.two(), 10)
        yield heard
        await asyncio.wait_for(looks.two(), 10)
        await person.http.post("/v1/auth/logout")
        answer = await asyncio.wait_for(stream, 10)
    assert answer.status_code == httpx.codes.OK
    assert answer.headers["content-type"].startswith("text/event-stream")
    heard += _said(answer)


def _said(answer: httpx.Response) -> list[dict[str, Any]]:
    events = []
    for block in answer.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in fields:
            events.append({**fields, "data": json.loads(fields["data"])})
    return events
