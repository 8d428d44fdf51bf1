from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
import structlog

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("")
async def list_things() -> str:
    return str(structlog.contextvars.get_contextvars()["request_id"])


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


async def test_a_request_gets_an_id(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things")

    assert UUID(answer.headers["x-request-id"]).version == 7


async def test_a_callers_id_is_kept(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things", headers={"X-Request-Id": "trace:1.2_3-4"})

    assert answer.headers["x-request-id"] == "trace:1.2_3-4"


@pytest.mark.parametrize("odd", ["", " ", "a b", "a" * 129, "a\tb", "é", "<script>", '"'])
async def test_an_odd_id_is_replaced(http: httpx.AsyncClient, odd: str) -> None:
    answer = await http.get("/v1/things", headers=[(b"X-Request-Id", odd.encode())])

    assert UUID(answer.headers["x-request-id"]).version == 7


async def test_what_is_logged_on_the_way_carries_the_id(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things", headers={"X-Request-Id": "abc"})

    assert answer.json() == "abc"
