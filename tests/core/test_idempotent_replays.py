from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import time_machine

from app.core.db import Database
from tests.core.idempotent_app import effects, idempotent_app
from tests.core.small_app import client_of

START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(await idempotent_app(database)) as client:
        yield client


async def post(
    http: httpx.AsyncClient, path: str = "", *, key: str = "k1", name: str = "a", who: str = "maya"
) -> httpx.Response:
    headers = {"Idempotency-Key": key, "Principal": who, "Authorization": "Bearer x"}
    return await http.post(f"/v1/things{path}", json={"name": name}, headers=headers)


async def test_a_repeated_request_is_answered_again_and_done_once(
    http: httpx.AsyncClient, database: Database
) -> None:
    first = await post(http)
    second = await post(http)

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    for name in ("location", "etag", "content-type"):
        assert second.headers[name] == first.headers[name]
    assert await effects(database) == 1


async def test_an_answer_has_the_request_id_of_its_own_request(http: httpx.AsyncClient) -> None:
    first = await post(http)
    second = await post(http)

    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_another_body_under_the_same_key_is_refused(
    http: httpx.AsyncClient, database: Database
) -> None:
    await post(http)
    answer = await post(http, name="b")

    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    assert await effects(database) == 1


async def test_another_address_under_the_same_key_is_refused(http: httpx.AsyncClient) -> None:
    await post(http, "/1/send")
    answer = await post(http, "/2/send")

    assert answer.json()["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    "other", [{"key": "k2"}, {"who": "liam"}, {"path": "/1/send"}], ids=lambda other: str(*other)
)
async def test_keys_belong_to_one_principal_and_one_operation(
    http: httpx.AsyncClient, database: Database, other: dict[str, str]
) -> None:
    await post(http)
    answer = await post(http, **other)

    assert answer.is_success
    assert "idempotency-replayed" not in answer.headers
    assert await effects(database) == 2


async def test_after_a_day_a_key_is_fresh_again(
    http: httpx.AsyncClient, database: Database
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        await post(http)
        clock.shift(timedelta(hours=23, minutes=59))
        replayed = await post(http)
        clock.shift(timedelta(minutes=2))
        done = await post(http, name="b")

    assert "idempotency-replayed" in replayed.headers
    assert "idempotency-replayed" not in done.headers
    assert await effects(database) == 2


async def test_without_a_key_everything_is_done(
    http: httpx.AsyncClient, database: Database
) -> None:
    for _ in range(2):
        await http.post("/v1/things", json={"name": "a"})

    assert await effects(database) == 2


@pytest.mark.parametrize("key", ["", " ", "a" * 256, "é", "a\tb", "\x7f"])
async def test_a_malformed_key_is_refused(http: httpx.AsyncClient, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode())]
    answer = await http.post("/v1/things", json={"name": "a"}, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_malformed"


async def test_where_a_key_is_required_its_absence_is_refused(
    http: httpx.AsyncClient, database: Database
) -> None:
    headers = {"Authorization": "Bearer x"}
    answer = await http.post("/v1/things/bulk", json={"name": "a"}, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_required"
    assert await effects(database) == 0


async def test_where_a_key_is_required_it_is_enough(http: httpx.AsyncClient) -> None:
    assert (await post(http, "/bulk")).json() == "done"
