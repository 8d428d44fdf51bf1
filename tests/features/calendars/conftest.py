"""A coach whose other calendar is on a server of the test's own."""

from collections.abc import AsyncIterator

import pytest
import time_machine

from tests.features.calendars.office import NOON, Office, open_office
from tests.make import Make
from tests.web_server import WebServer


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    """The server elsewhere."""
    async with WebServer() as server:
        yield server


@pytest.fixture
async def clock() -> AsyncIterator[time_machine.Traveller]:
    """A clock that stands at noon of a Tuesday until it is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
async def office(make: Make, web: WebServer, clock: time_machine.Traveller) -> Office:
    """A coach who has connected nothing yet."""
    assert clock
    return await open_office(make, web)
