import asyncio
from collections import Counter

import httpx
import pytest

from app.core.db import Database
from tests.core.idempotent_app import effects, idempotent_app
from tests.core.small_app import client_of

KEY = {"Idempotency-Key": "k1"}


async def race(http: httpx.AsyncClient, path: str, number: int) -> Counter[int]:
    body = {"name": "a", "delay": 0.2}
    answers = await asyncio.gather(
        *(http.post(path, json=body, headers=KEY) for _ in range(number))
    )
    return Counter(answer.status_code for answer in answers)


async def test_of_twenty_at_once_one_is_done_and_the_others_are_told_to_wait(
    fresh_database: Database,
) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:
        statuses = await race(http, "/v1/things", 20)
        later = await http.post("/v1/things", json={"name": "a", "delay": 0.2}, headers=KEY)

    assert statuses == {201: 1, 409: 19}
    assert later.headers["idempotency-replayed"] == "true"
    assert await effects(fresh_database) == 1


async def test_who_waits_is_told_what_for(fresh_database: Database) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:
        body = {"name": "a", "delay": 0.2}
        answers = await asyncio.gather(
            *(http.post("/v1/things", json=body, headers=KEY) for _ in range(2))
        )

    [waiting] = [answer for answer in answers if answer.status_code == 409]
    assert waiting.json()["code"] == "idempotency_key_in_use"
    assert waiting.headers["retry-after"] == "1"


@pytest.mark.parametrize("path", ["/v1/things", "/v1/things/taken"])
async def test_repeating_until_answered_ends_with_one_answer(
    fresh_database: Database, path: str
) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:

        async def until_answered() -> bytes:
            while True:
                answer = await http.post(path, json={"name": "a"}, headers=KEY)
                if answer.json()["code" if answer.is_error else "number"] != (
                    "idempotency_key_in_use"
                ):
                    return answer.content

        answers = await asyncio.gather(*(until_answered() for _ in range(10)))

    if path == "/v1/things":
        assert len(set(answers)) == 1
        assert await effects(fresh_database) == 1
    else:
        assert await effects(fresh_database) == 0
