import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import Request

from app.core.body_limits import MEBIBYTE, BodyLimits
from app.core.fields import In
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


class ThingIn(In):
    name: str


@router.post("")
async def create_thing(body: ThingIn) -> int:
    return len(body.name)


@router.post("/files")
async def upload(request: Request) -> int:
    return len(await request.body())


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    limits = BodyLimits(larger=[(re.compile(r"/v1/things/files"), 3 * MEBIBYTE)])
    async with client_of(small_app(router, body_limits=limits)) as client:
        yield client


async def chunks(size: int) -> AsyncIterator[bytes]:
    yield b'{"name": "'
    for _ in range(size // 1000):
        yield b"a" * 1000
    yield b'"}'


JSON = {"Content-Type": "application/json"}


async def test_a_body_announced_as_too_large_is_refused_unread(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", content=b"a" * (MEBIBYTE + 1), headers=JSON)

    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert answer.headers["connection"] == "close"


async def test_a_body_that_grows_too_large_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", content=chunks(2 * MEBIBYTE), headers=JSON)

    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"


async def test_a_body_of_just_the_limit_is_read(http: httpx.AsyncClient) -> None:
    body = b'{"name": "' + b"a" * (MEBIBYTE - 12) + b'"}'

    assert (await http.post("/v1/things", content=body, headers=JSON)).status_code == 200


async def test_a_chunked_body_within_the_limit_is_read(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", content=chunks(500_000), headers=JSON)

    assert answer.json() == 500_000


async def test_some_paths_take_larger_bodies(http: httpx.AsyncClient) -> None:
    content = b"a" * (2 * MEBIBYTE)

    assert (await http.post("/v1/things/files", content=content)).json() == len(content)


async def test_larger_bodies_have_a_limit_too(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things/files", content=chunks(4 * MEBIBYTE))

    assert answer.status_code == 413
