from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.fields import In
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


class ThingIn(In):
    name: str


@router.post("")
async def create_thing(body: ThingIn) -> str:
    return body.name


@router.post("/send")
async def send_thing() -> str:
    return "sent"


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/xml", "json", "", "text/json"],
)
async def test_a_body_that_is_not_json_is_refused(http: httpx.AsyncClient, media_type: str) -> None:
    answer = await http.post(
        "/v1/things", content=b'{"name": "a"}', headers={"Content-Type": media_type}
    )

    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


async def test_a_body_of_no_declared_type_is_refused(http: httpx.AsyncClient) -> None:
    assert (await http.post("/v1/things", content=b'{"name": "a"}')).status_code == 415


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", "application/merge-patch+json"],
)
async def test_json_under_any_of_its_names_is_read(
    http: httpx.AsyncClient, media_type: str
) -> None:
    answer = await http.post(
        "/v1/things", content=b'{"name": "a"}', headers={"Content-Type": media_type}
    )

    assert answer.json() == "a"


async def test_a_compressed_body_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", json={"name": "a"}, headers={"Content-Encoding": "gzip"})

    assert answer.status_code == 415


async def test_an_operation_without_a_body_does_not_mind_one(http: httpx.AsyncClient) -> None:
    assert (await http.post("/v1/things/send", content=b"\x00")).status_code == 200
