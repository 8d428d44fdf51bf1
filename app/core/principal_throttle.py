"""Rate limits for those who are signed in, without a round trip for each of their requests."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request

from app.core.clock import now
from app.core.errors import TooManyRequests
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy, Standing

LARGEST_LOT = 50
MOST_PURSES = 10_000


@dataclass(slots=True)
class Purse:
    """Permits already taken from a principal's bucket, to be spent in this process."""

    permits: int = 0
    left: Standing | None = None
    good_until: datetime | None = None
    filling: asyncio.Lock = field(default_factory=asyncio.Lock)


class PrincipalThrottle:
    """One policy for all principals.

    Permits are taken from the shared bucket in lots of a tenth of the limit, fifty at most, so
    that a process asks the database about once in fifty requests. What a process leaves unspent
    lapses after the policy's span.
    """

    def __init__(self, throttle: Throttle, policy: Policy) -> None:
        """Take lots through `throttle`."""
        self._throttle = throttle
        self._policy = policy
        self._lot = max(1, min(LARGEST_LOT, policy.limit // 10, policy.at_once))
        self._lasts = timedelta(seconds=policy.per_seconds)
        self._purses: dict[str, Purse] = {}

    async def hit(self, key: str, *, request: Request) -> None:
        """Spend one permit of `key`'s; raises TooManyRequests (429)."""
        if not self._throttle.enabled:
            return
        at = now()
        purse = self._purse(key)
        while not _spend(purse, at):
            async with purse.filling:
                if purse.permits == 0 or _lapsed(purse, at):
                    await self._fill(purse, key, at)
        if purse.left is not None:
            purse.left.plus(purse.permits).tell(request)

    def _purse(self, key: str) -> Purse:
        purse = self._purses.get(key)
        if purse is None:
            if len(self._purses) >= MOST_PURSES:
                self._purses.clear()
            purse = self._purses[key] = Purse()
        return purse

    async def _fill(self, purse: Purse, key: str, at: datetime) -> None:
        """Take a lot, or the single permit that may be left of the bucket."""
        try:
            permits, left = self._lot, await self._throttle.hit(key, self._policy, cost=self._lot)
        except TooManyRequests:
            permits, left = 1, await self._throttle.hit(key, self._policy)
        purse.permits, purse.left, purse.good_until = permits, left, at + self._lasts


def _spend(purse: Purse, at: datetime) -> bool:
    if purse.permits == 0 or _lapsed(purse, at):
        return False
    purse.permits -= 1
    return True


def _lapsed(purse: Purse, at: datetime) -> bool:
    return purse.good_until is None or purse.good_until <= at
