from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from fastapi import Request
from sqlalchemy import func, select

from app.core.db import Database
from app.core.errors import TooManyRequests
from app.core.strict_route import api_router
from app.core.throttle import Throttle
from app.core.throttle_policy import Policy
from app.models import ThrottleBucket
from tests.core.small_app import client_of, small_app

POLICY = Policy(name="links", limit=3, per_seconds=60)
START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
async def clock() -> AsyncIterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


async def use_up(throttle: Throttle, key: str = "maya") -> TooManyRequests:
    for _ in range(POLICY.limit):
        await throttle.hit(key, POLICY)
    with pytest.raises(TooManyRequests) as refused:
        await throttle.hit(key, POLICY)
    return refused.value


@pytest.mark.usefixtures("clock")
async def test_a_refusal_tells_when_to_come_back(database: Database) -> None:
    refusal = await use_up(Throttle(database))

    assert refusal.status == 429
    assert refusal.headers == {
        "RateLimit-Policy": '"links";q=3;w=60',
        "RateLimit": '"links";r=0;t=20',
        "Retry-After": "20",
    }


async def test_permits_grow_back_one_by_one(
    database: Database, clock: time_machine.Traveller
) -> None:
    throttle = Throttle(database)
    await use_up(throttle)

    clock.shift(timedelta(seconds=20))
    await throttle.hit("maya", POLICY)
    with pytest.raises(TooManyRequests):
        await throttle.hit("maya", POLICY)


async def test_a_rested_key_has_its_whole_burst(
    database: Database, clock: time_machine.Traveller
) -> None:
    throttle = Throttle(database)
    await use_up(throttle)

    clock.shift(timedelta(days=3))
    await use_up(throttle)


@pytest.mark.usefixtures("clock")
async def test_refusals_cost_nothing(database: Database) -> None:
    throttle = Throttle(database)
    first = await use_up(throttle)

    with pytest.raises(TooManyRequests) as later:
        await throttle.hit("maya", POLICY)

    assert later.value.headers == first.headers


@pytest.mark.usefixtures("clock")
async def test_a_burst_may_be_smaller_than_the_limit(database: Database) -> None:
    throttle = Throttle(database)
    policy = Policy(name="burst", limit=60, per_seconds=60, burst=2)

    await throttle.hit("maya", policy, cost=2)
    with pytest.raises(TooManyRequests):
        await throttle.hit("maya", policy)


async def test_more_than_a_burst_can_never_be_had(database: Database) -> None:
    with pytest.raises(ValueError, match="links"):
        await Throttle(database).hit("maya", POLICY, cost=4)


@pytest.mark.usefixtures("clock")
async def test_policies_do_not_share(database: Database) -> None:
    throttle = Throttle(database)
    await use_up(throttle)

    await throttle.hit("maya", Policy(name="other", limit=3, per_seconds=60))


async def test_switched_off_it_counts_nothing(database: Database) -> None:
    throttle = Throttle(database, enabled=False)

    for _ in range(10):
        await throttle.hit("maya", POLICY)

    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(ThrottleBucket)) == 0


async def test_a_bucket_does_not_tell_whose_it_is(database: Database) -> None:
    await Throttle(database).hit("maya@example.com", POLICY)

    async with database.reading() as session:
        keys = (await session.scalars(select(ThrottleBucket.key))).all()
    assert [len(key) for key in keys] == [16]


@pytest.mark.usefixtures("clock")
async def test_answers_tell_what_is_left(database: Database) -> None:
    router = api_router("/v1/things", "things")
    throttle = Throttle(database)

    @router.get("")
    async def list_things(request: Request) -> None:
        await throttle.hit("maya", POLICY, request=request)

    async with client_of(small_app(router)) as http:
        answers = [await http.get("/v1/things") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"] for answer in answers] == [
        '"links";r=2;t=20',
        '"links";r=1;t=40',
        '"links";r=0;t=60',
        '"links";r=0;t=20',
    ]
    assert answers[0].headers["ratelimit-policy"] == '"links";q=3;w=60'
    assert answers[3].json()["code"] == "rate_limited"
    assert answers[3].headers["retry-after"] == "20"
