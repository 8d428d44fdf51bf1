"""Deciding what a worker takes on next, and when it looks again."""

import asyncio
from collections.abc import Callable, Sequence

from app.core.clock import now
from app.dispatcher import claims
from app.dispatcher.breaker import Breakers
from app.dispatcher.engine import Engine
from app.dispatcher.slots import Slots
from app.dispatcher.verdicts import JITTER
from app.dispatcher.work import ClaimedJob

LONGEST_POLL = 5.0
"""Longest sleep in seconds: work nobody told of is found after it."""
LOOK_AGAIN = 0.5
"""Sleep when jobs are due that can't be claimed now: an earlier one of their order runs."""


class Claimer:
    """Claims jobs into free slots.

    A job whose lease expired may have killed its worker: it runs alone, when all others have
    ended, so that it can take nobody with it. A kind whose outside world is away is probed by
    one job at a time.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        slots: Slots,
        breakers: Breakers,
        start: Callable[[Sequence[ClaimedJob]], None],
    ) -> None:
        self._engine = engine
        self._slots = slots
        self._breakers = breakers
        self._start = start
        self._poll = min(LONGEST_POLL, engine.lease.total_seconds() / 6)
        self._alone = False
        self._suspects_from = 0.0

    async def turn(self) -> float:
        """Claim what fits and start it; answers how many seconds may pass until the next turn."""
        if await self._suspect_comes_first():
            return self._poll
        await self._claim(self._closed_kinds(), self._slots.free)
        for kind in self._idle_probes():
            await self._claim([kind], min(1, self._slots.free))
        return await self._until_due() if self._slots.free else self._poll

    def trust_for_now(self) -> None:
        """After an outage: give others the time to extend the leases that ran out in it."""
        self._suspects_from = _time() + self._engine.lease.total_seconds() / 2

    async def _suspect_comes_first(self) -> bool:
        """Whether a suspect runs alone now, or waits until the jobs at hand have ended."""
        if self._alone and self._slots:
            return True
        self._alone = False
        if _time() < self._suspects_from or not await self._has_suspect():
            return False
        if not self._slots:
            await self._claim_suspect()
        return True

    async def _has_suspect(self) -> bool:
        async with self._engine.database.reading() as session:
            found = await claims.has_suspect(session, self._closed_kinds(), held=self._slots.ids())
        if not found:
            self._suspects_from = _time() + self._poll / 5
        return found

    async def _claim_suspect(self) -> None:
        if job := await self._engine.claim_suspect(self._closed_kinds(), held=self._slots.ids()):
            self._alone = True
            self._start([job])

    async def _claim(self, kinds: Sequence[str], limit: int) -> None:
        held = self._slots.by_kind()
        if jobs := await self._engine.claim(kinds, limit=limit, running=held):
            self._start(jobs)

    async def _until_due(self) -> float:
        waits = [self._poll * JITTER.uniform(0.8, 1), self._breakers.until_next_probe()]
        kinds = [*self._closed_kinds(), *self._idle_probes()]
        async with self._engine.database.reading() as session:
            due = await claims.next_due(session, kinds)
        if due:
            seconds = (due - now()).total_seconds()
            waits.append(seconds if seconds > 0 else LOOK_AGAIN)
        return min(wait for wait in waits if wait is not None)

    def _closed_kinds(self) -> list[str]:
        return self._breakers.closed(self._engine.kinds)

    def _idle_probes(self) -> list[str]:
        """Paused kinds that may send one job to see whether the outside world is back."""
        busy = self._slots.by_kind()
        return [kind for kind in self._breakers.probing() if kind not in busy]


def _time() -> float:
    return asyncio.get_running_loop().time()
