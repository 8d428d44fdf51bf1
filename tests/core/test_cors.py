from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

OURS = "https://app.example.com"

router = api_router("/v1/things", "things")


@router.get("")
async def list_things() -> str:
    return "things"


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router, cors_origins=(OURS,))) as client:
        yield client


def preflight(origin: str) -> dict[str, str]:
    return {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization, idempotency-key, if-match, content-type",
    }


async def test_a_front_end_of_ours_may_send_what_the_api_reads(http: httpx.AsyncClient) -> None:
    answer = await http.options("/v1/things", headers=preflight(OURS))

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == OURS


async def test_a_front_end_of_ours_may_read_our_headers(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things", headers={"Origin": OURS})

    assert answer.headers["access-control-allow-origin"] == OURS
    exposed = {h.strip() for h in answer.headers["access-control-expose-headers"].split(",")}
    assert {"ETag", "Location", "X-Request-Id", "Idempotency-Replayed", "RateLimit"} <= exposed


@pytest.mark.parametrize(
    "origin",
    ["https://app.example.com.evil.net", "https://evil.net", "http://app.example.com", "null"],
)
async def test_other_origins_are_strangers(http: httpx.AsyncClient, origin: str) -> None:
    answer = await http.get("/v1/things", headers={"Origin": origin})
    asked = await http.options("/v1/things", headers=preflight(origin))

    assert "access-control-allow-origin" not in answer.headers
    assert asked.status_code == 400


async def test_without_origins_there_is_no_cors() -> None:
    async with client_of(small_app(router)) as http:
        answer = await http.get("/v1/things", headers={"Origin": OURS})

    assert "access-control-allow-origin" not in answer.headers
