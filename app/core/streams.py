"""Streams of server-sent events: how many somebody may hold open, and what wakes them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from app.core.errors import TooManyRequests

MOST_STREAMS = 6
"""Open at once by one person, in one process: a few tabs and a telephone."""

PATIENCE = 10.0
"""Seconds between looks when nothing is heard: news is the speed-up, looking the guarantee."""

BREATH = 0.5
"""Seconds for what comes together to be seen together."""


class TooManyStreams(TooManyRequests):
    """The caller follows in as many places as one may: close one of them."""

    code, title = "too_many_streams", "Too many open streams"


class Streams:
    """The open streams of this process; none holds a connection to the database while it waits."""

    def __init__(self) -> None:
        """Nobody follows yet."""
        self._open: Counter[UUID] = Counter()
        self._news = asyncio.Event()

    def ring(self) -> None:
        """There may be something to see."""
        heard, self._news = self._news, asyncio.Event()
        heard.set()

    async def news(self) -> None:
        """Wait until there may be something to see; not for ever."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._news.wait()
            await asyncio.sleep(BREATH)  # more may come at the same moment

    @contextmanager
    def seat(self, person: UUID) -> Iterator[None]:
        """One more open stream of this person. Raises TooManyStreams (429)."""
        if self._open[person] >= MOST_STREAMS:
            raise TooManyStreams
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            self._open += Counter()  # without those who have left
