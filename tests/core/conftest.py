"""Fixtures of the core's tests."""

import pytest
import structlog
from structlog.contextvars import merge_contextvars


@pytest.fixture(autouse=True, scope="session")
def plain_logs() -> None:
    """Log one plain line an event; structlog's own default draws pictures of tracebacks."""
    structlog.configure(processors=[merge_contextvars, structlog.processors.KeyValueRenderer()])
