"""Fixtures of the dispatcher's tests."""

from collections.abc import AsyncIterator

import pytest

from app.dispatcher.wake import Waker


@pytest.fixture
async def waker(fresh_url: str) -> AsyncIterator[Waker]:
    """News of work on the test's own database."""
    async with Waker(fresh_url).running() as waker:
        yield waker
