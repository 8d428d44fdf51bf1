"""Watching the statements a piece of work sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

PLUMBING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")
"""What the tests' shared transaction adds, and row-level security."""


class Watched(list[tuple[str, Any]]):
    """Statements with their parameters, in order."""


@contextmanager
def watch(engine: AsyncEngine) -> Iterator[Watched]:
    """Collect the statements sent within the block."""
    sent = Watched()

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if not statement.startswith(PLUMBING):
            sent.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)
