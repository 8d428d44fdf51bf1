"""These tests live in the spring of 2027, whenever they are run."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

TODAY = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def calendar() -> Iterator[time_machine.Traveller]:
    """It is Monday, 1 March 2027, 08:00 UTC, until the test moves on."""
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller
