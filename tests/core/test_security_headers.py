from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import Response

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("")
async def list_things() -> str:
    return "things"


@router.get("/picture")
async def picture(response: Response) -> str:
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Content-Security-Policy"] = "sandbox"
    return "picture"


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/things", "/v1/nowhere", "/v1/things?a=%00"])
async def test_every_answer_is_secured(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


async def test_an_answer_may_bring_its_own_policy(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/v1/things/picture")).headers

    assert headers.get_list("cache-control") == ["public, max-age=60"]
    assert headers.get_list("content-security-policy") == ["sandbox"]
    assert headers["x-content-type-options"] == "nosniff"
