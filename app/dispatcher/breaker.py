"""Circuit breakers: a kind whose outside world is away pauses, and one probe finds it back."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog

from app.dispatcher.failures import Unavailable
from app.dispatcher.verdicts import JITTER
from app.dispatcher.work import Settled

log = structlog.get_logger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class _Pause:
    since: float
    until: float
    trips: int


class Breakers:
    """The paused kinds of one worker; times are the event loop's, in seconds."""

    def __init__(self) -> None:
        self._pauses: dict[str, _Pause] = {}

    def closed(self, kinds: Iterable[str]) -> list[str]:
        """The kinds that run freely."""
        return [kind for kind in kinds if kind not in self._pauses]

    def probing(self) -> list[str]:
        """The paused kinds whose pause is over: one job each may try."""
        at = _time()
        return [kind for kind, pause in self._pauses.items() if pause.until <= at]

    def paused(self) -> list[str]:
        """Every kind not known to be back."""
        return list(self._pauses)

    def until_next_probe(self) -> float | None:
        """Seconds until a pause ends; None when nothing waits for one."""
        at = _time()
        waits = [pause.until - at for pause in self._pauses.values() if pause.until > at]
        return min(waits, default=None)

    def note(self, ending: Settled[Any], *, started: float) -> None:
        """Learn from how a job that was started at this loop time ended."""
        if ending.outcome == "postponed" and isinstance(ending.error, Unavailable):
            self._trip(ending.job.kind, ending.error)
        elif ending.outcome not in {"lost", "expired", "postponed"}:
            self._answered(ending.job.kind, started)

    def _trip(self, kind: str, reason: Unavailable) -> None:
        at = _time()
        pause = self._pauses.get(kind)
        if pause and pause.until > at:
            return
        if pause is None:
            log.warning("jobs_paused", kind=kind, reason=str(reason))
        trips = pause.trips + 1 if pause else 1
        length = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(trips - 1, 8)) * JITTER.uniform(0.5, 1)
        since = pause.since if pause else at
        self._pauses[kind] = _Pause(since=since, until=at + length, trips=trips)

    def _answered(self, kind: str, started: float) -> None:
        """A job started after the trip reached the other side: the kind may run again."""
        pause = self._pauses.get(kind)
        if pause and started >= pause.since:
            del self._pauses[kind]
            log.warning("jobs_resumed", kind=kind, seconds=round(_time() - pause.since, 1))


def _time() -> float:
    return asyncio.get_running_loop().time()
