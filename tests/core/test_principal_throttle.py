import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event
from starlette.requests import Request

from app.core.db import Database
from app.core.errors import TooManyRequests
from app.core.principal_throttle import PrincipalThrottle
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy

START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
POLICY = Policy(name="principal", limit=1000, per_seconds=60)


def a_request() -> Request:
    return Request({"type": "http", "headers": []})


async def hits(throttle: PrincipalThrottle, number: int, key: str = "maya") -> int:
    """How many of so many requests at once are allowed."""

    async def allowed() -> bool:
        try:
            await throttle.hit(key, request=a_request())
        except TooManyRequests:
            return False
        return True

    return sum(await asyncio.gather(*(allowed() for _ in range(number))))


async def test_a_process_asks_the_database_once_in_fifty_requests(
    fresh_database: Database,
) -> None:
    statements: list[str] = []
    event.listen(
        fresh_database.engine.sync_engine,
        "before_cursor_execute",
        lambda *call: statements.append(call[2]),
    )

    assert await hits(PrincipalThrottle(Throttle(fresh_database), POLICY), 200) == 200
    assert len(statements) == 4


@time_machine.travel(START, tick=False)
async def test_processes_together_allow_just_the_limit(fresh_database: Database) -> None:
    processes = [PrincipalThrottle(Throttle(fresh_database), POLICY) for _ in range(3)]

    allowed = await asyncio.gather(*(hits(process, 500) for process in processes))

    assert sum(allowed) == 1000


@time_machine.travel(START, tick=False)
async def test_the_last_permits_can_be_had_too(fresh_database: Database) -> None:
    policy = Policy(name="odd", limit=107, per_seconds=60)

    assert await hits(PrincipalThrottle(Throttle(fresh_database), policy), 200) == 107


async def test_unspent_permits_lapse(fresh_database: Database) -> None:
    with time_machine.travel(START, tick=False) as clock:
        throttle = PrincipalThrottle(Throttle(fresh_database), POLICY)
        assert await hits(throttle, 1) == 1

        clock.shift(timedelta(seconds=61))
        assert await hits(throttle, 1100) == 1000


@time_machine.travel(START, tick=False)
async def test_an_answer_tells_what_is_left(database: Database) -> None:
    throttle = PrincipalThrottle(Throttle(database), POLICY)
    request = a_request()

    await throttle.hit("maya", request=request)

    headers = dict(request.scope["state"]["answer_headers"])
    assert headers[b"ratelimit"].startswith(b'"principal";r=999;')


async def test_switched_off_everything_is_allowed(database: Database) -> None:
    policy = Policy(name="narrow", limit=1, per_seconds=3600)
    throttle = PrincipalThrottle(Throttle(database, enabled=False), policy)

    assert await hits(throttle, 10) == 10


async def test_a_refusal_is_the_shared_one(database: Database) -> None:
    policy = Policy(name="narrow", limit=1, per_seconds=3600)
    throttle = PrincipalThrottle(Throttle(database), policy)
    await throttle.hit("maya", request=a_request())

    with pytest.raises(TooManyRequests) as refused:
        await throttle.hit("maya", request=a_request())

    assert 3590 <= int((refused.value.headers or {})["Retry-After"]) <= 3600
