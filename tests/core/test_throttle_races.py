import asyncio

from app.core.db import Database
from app.core.errors import TooManyRequests
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy

POLICY = Policy(name="sign-in", limit=10, per_seconds=3600)


async def allowed(throttle: Throttle, key: str) -> bool:
    try:
        await throttle.hit(key, POLICY)
    except TooManyRequests:
        return False
    return True


async def test_exactly_the_limit_of_200_at_once_is_allowed(fresh_database: Database) -> None:
    throttle = Throttle(fresh_database)

    outcomes = await asyncio.gather(*(allowed(throttle, "1.2.3.4") for _ in range(200)))

    assert sum(outcomes) == 10


async def test_keys_do_not_share(fresh_database: Database) -> None:
    throttle = Throttle(fresh_database)

    outcomes = await asyncio.gather(*(allowed(throttle, str(i % 5)) for i in range(100)))

    assert sum(outcomes) == 50
