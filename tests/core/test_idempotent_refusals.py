from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.db import Database
from tests.core.idempotent_app import effects, idempotent_app
from tests.core.small_app import client_of


@pytest.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(await idempotent_app(database)) as client:
        yield client


async def twice(
    http: httpx.AsyncClient, path: str, body: object
) -> tuple[httpx.Response, httpx.Response]:
    headers = {"Idempotency-Key": "k1", "Authorization": "Bearer x"}
    first = await http.post(path, json=body, headers=headers)
    return first, await http.post(path, json=body, headers=headers)


async def test_a_refusal_is_replayed_and_its_effect_undone(
    http: httpx.AsyncClient, database: Database
) -> None:
    first, second = await twice(http, "/v1/things/taken", {"name": "a"})

    assert first.status_code == second.status_code == 409
    assert first.json()["code"] == "taken"
    assert second.content == first.content
    assert second.headers["content-type"] == "application/problem+json"
    assert second.headers["idempotency-replayed"] == "true"
    assert await effects(database) == 0


@pytest.mark.parametrize("status", [401, 429])
async def test_what_says_nothing_about_the_request_is_not_kept(
    http: httpx.AsyncClient, status: int
) -> None:
    _, second = await twice(http, f"/v1/things/refused/{status}", {"name": "a"})

    assert second.status_code == status
    assert "idempotency-replayed" not in second.headers


@pytest.mark.parametrize(("path", "status"), [("broken", 500), ("clash", 422)])
async def test_a_failure_is_not_kept(
    http: httpx.AsyncClient, database: Database, path: str, status: int
) -> None:
    _, second = await twice(http, f"/v1/things/{path}", {"name": "a"})

    assert second.status_code == status
    assert "idempotency-replayed" not in second.headers
    assert await effects(database) == 0


async def test_a_request_that_was_malformed_may_be_corrected(http: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    wrong = await http.post("/v1/things", json={"nome": "a"}, headers=headers)
    right = await http.post("/v1/things", json={"name": "a"}, headers=headers)

    assert (wrong.status_code, right.status_code) == (422, 201)
