from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

things = api_router("/v1/things", "things")
archive = api_router("/v1/things", "things")


@things.get("/{thing_id}")
async def get_thing(thing_id: str) -> dict[str, str]:
    return {"id": thing_id}


@archive.delete("/{thing_id}", status_code=204)
async def delete_thing(thing_id: str) -> None: ...


@archive.post("/{thing_id}/archive")
async def archive_thing(thing_id: str) -> None: ...


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(things, archive)) as client:
        yield client


async def test_allow_lists_the_methods_of_every_route_of_the_path(http: httpx.AsyncClient) -> None:
    answer = await http.put("/v1/things/1")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    assert answer.json()["code"] == "method_not_allowed"


async def test_allow_has_no_head_where_there_is_no_get(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things/1/archive")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "OPTIONS, POST"


async def test_head_of_a_path_without_get_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.head("/v1/things/1/archive")

    assert answer.status_code == 405


async def test_options_answers_what_is_allowed(http: httpx.AsyncClient) -> None:
    answer = await http.options("/v1/things/1")

    assert answer.status_code == 204
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    assert answer.content == b""


async def test_options_of_nothing_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.options("/v1/nothing")).status_code == 404


async def test_head_answers_like_get_without_a_body(http: httpx.AsyncClient) -> None:
    got = await http.get("/v1/things/1")
    head = await http.head("/v1/things/1")

    assert head.status_code == 200
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
async def test_unknown_methods_are_refused(http: httpx.AsyncClient, method: str) -> None:
    answer = await http.send(httpx.Request(method, "http://testserver/v1/things/1"))

    assert answer.status_code == 405
