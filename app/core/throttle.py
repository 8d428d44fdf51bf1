"""Rate limits that hold over all processes: GCRA, one statement on one unlogged table."""

import hashlib
import math
from datetime import datetime, timedelta

from sqlalchemy import text
from starlette.requests import Request

from app.core.clock import now
from app.core.db import Database
from app.core.errors import TooManyRequests
from app.core.throttle_policy import Policy, Standing, standing

# A bucket is the instant at which it would be full again. Spending moves that instant on, and is
# refused when it would come to lie further ahead than a whole burst takes to grow back.
SPEND = text("""
WITH spent AS (
  INSERT INTO throttle_buckets AS bucket (key, arrival)
  VALUES (:key, cast(:now AS timestamptz) + cast(:price AS interval))
  ON CONFLICT (key) DO UPDATE
  SET arrival = greatest(bucket.arrival + cast(:price AS interval), excluded.arrival)
  WHERE bucket.arrival + cast(:price AS interval)
        <= cast(:now AS timestamptz) + cast(:span AS interval)
  RETURNING arrival
)
SELECT (SELECT arrival FROM spent) AS spent,
       (SELECT arrival FROM throttle_buckets WHERE key = :key) AS before
""")


class Throttle:
    """Counts what is done, by key, in the database all processes share."""

    def __init__(self, database: Database, *, enabled: bool = True) -> None:
        """Count in `database`; when not enabled, nothing is counted and nothing refused."""
        self._database = database
        self.enabled = enabled

    async def hit(
        self, key: str, policy: Policy, *, cost: int = 1, request: Request | None = None
    ) -> Standing | None:
        """Spend `cost` permits of `key`'s, and tell `request`'s answer what is left.

        Raises TooManyRequests (429, with Retry-After). One round trip, in a session of its own:
        call it before the request opens its unit of work, never inside.
        """
        if not self.enabled:
            return None
        at = now()
        left = await self._spend(key, policy, cost=cost, at=at)
        if request is not None:
            left.tell(request)
        return left

    async def give_back(self, key: str, policy: Policy) -> None:
        """Return a permit spent on what does not count after all, such as the right password."""
        if self.enabled:
            await self._spend(key, policy, cost=-1, at=now())

    async def _spend(self, key: str, policy: Policy, *, cost: int, at: datetime) -> Standing:
        if cost > policy.at_once:
            raise ValueError(f"{policy.name} never allows {cost} at once")
        price = policy.price * cost
        # autocommit: the one statement is its own transaction
        async with self._database.reading() as session:
            bucket = (
                await session.execute(
                    SPEND,
                    {"key": _digest(key, policy), "now": at, "price": price, "span": policy.span},
                )
            ).one()
        if bucket.spent is None:
            raise _refusal(policy, price, before=bucket.before or at + policy.span, at=at)
        return standing(policy, bucket.spent, at)


def _refusal(
    policy: Policy, price: timedelta, *, before: datetime, at: datetime
) -> TooManyRequests:
    wait = max(1, math.ceil((before + price - at - policy.span).total_seconds()))
    headers = Standing(policy, 0, wait).headers()
    return TooManyRequests(f"Try again in {wait} s.", headers={**headers, "Retry-After": str(wait)})


def _digest(key: str, policy: Policy) -> bytes:
    """Short, and without the address or e-mail the key is made of."""
    return hashlib.sha256(f"{policy.name}|{key}".encode()).digest()[:16]
