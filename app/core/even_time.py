"""Answers that take the same time whether or not there was something to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

EVEN_SECONDS = 0.1
"""Several times what a small transaction takes."""


@asynccontextmanager
async def even_time(seconds: float = EVEN_SECONDS) -> AsyncIterator[None]:
    """Let the block take at least so many seconds, so that its duration tells nothing."""
    started = perf_counter()
    try:
        yield
    finally:
        left = max(0.0, seconds - (perf_counter() - started))
        await asyncio.sleep(left)  # to take time is its point
