import asyncio
from collections import Counter

import httpx
import pytest

from app.core.db import Database
from tests.core.idempotent_app import DOOR, effects, idempotent_app
from tests.core.small_app import client_of

KEY = {"Idempotency-Key": "k1"}
WAITING = {"name": "a", "waits": True}


async def answers_while_one_runs(
    database: Database, http: httpx.AsyncClient, number: int
) -> list[httpx.Response]:
    """The answers to equal requests, all but one of them given while that one still runs."""
    answers: list[httpx.Response] = []
    async with database.writing() as session:
        await session.execute(DOOR)
        running = {
            asyncio.create_task(http.post("/v1/things", json=WAITING, headers=KEY))
            for _ in range(number)
        }
        while len(running) > 1:
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            answers += [task.result() for task in done]
    return answers + [await task for task in running]


async def test_of_twenty_at_once_one_is_done_and_the_others_are_told_to_wait(
    fresh_database: Database,
) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:
        answers = await answers_while_one_runs(fresh_database, http, 20)
        later = await http.post("/v1/things", json=WAITING, headers=KEY)

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 19}
    assert later.headers["idempotency-replayed"] == "true"
    assert await effects(fresh_database) == 1


async def test_who_waits_is_told_what_for(fresh_database: Database) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:
        told, done = await answers_while_one_runs(fresh_database, http, 2)

    assert done.status_code == 201
    assert told.json()["code"] == "idempotency_key_in_use"
    assert told.headers["retry-after"] == "1"


@pytest.mark.parametrize("path", ["/v1/things", "/v1/things/taken"])
async def test_repeating_until_answered_ends_with_one_answer(
    fresh_database: Database, path: str
) -> None:
    async with client_of(await idempotent_app(fresh_database)) as http:

        async def until_answered() -> bytes:
            while True:
                answer = await http.post(path, json={"name": "a"}, headers=KEY)
                if answer.json().get("code") != "idempotency_key_in_use":
                    return answer.content

        answers = await asyncio.gather(*(until_answered() for _ in range(10)))

    if path == "/v1/things":
        assert len(set(answers)) == 1
        assert await effects(fresh_database) == 1
    else:
        assert await effects(fresh_database) == 0
