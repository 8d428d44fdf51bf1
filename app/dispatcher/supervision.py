"""Keeping background work going through failures and outages."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog

from app.dispatcher.verdicts import JITTER, is_database_down

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0

log = structlog.get_logger(__name__)


async def keep_going(name: str, step: Callable[[], Awaitable[None]]) -> NoReturn:
    """Take the step again and again; a failure is logged and followed by a growing pause."""
    failures = 0
    while True:
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - whatever it was, the next step may succeed
            failures += 1
            log_failure(name, error)
            await asyncio.sleep(pause_after(failures))  # not at once again
        else:
            failures = 0


def pause_after(failures: int) -> float:
    """Seconds to leave a failing thing alone: doubling, up to five, with jitter downwards."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures, 10)) * JITTER.uniform(0.5, 1)


def log_failure(name: str, error: Exception) -> None:
    """One line for an outage, which passes; the whole story for anything else."""
    if is_database_down(error):
        log.warning("database_away", during=name, error=repr(error))
    else:
        log.error("dispatcher_failed", during=name, exc_info=error)
