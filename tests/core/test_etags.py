from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import Request, Response

from app.core.errors import VersionMismatch, VersionRequired
from app.core.etags import IfMatch, check_version, etag, not_modified
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("/3", response_model=str)
async def get_thing(request: Request, response: Response) -> Response | str:
    unchanged = not_modified(request, etag(3))
    if unchanged:
        return unchanged
    response.headers["ETag"] = etag(3)
    return "thing"


@router.patch("/3")
async def change_thing(if_match: IfMatch = None) -> str:
    check_version(3, if_match, required=True)
    return "changed"


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


@pytest.mark.parametrize("header", ['"v3"', '"v2", "v3"', "*", ' "v3" '])
def test_the_current_version_may_change(header: str) -> None:
    check_version(3, header, required=True)


@pytest.mark.parametrize("header", ['"v2"', '"v4", "v2"', 'W/"v3"', "v3", "", '"v33"', "3"])
def test_another_version_may_not(header: str) -> None:
    with pytest.raises(VersionMismatch):
        check_version(3, header)


def test_a_change_may_do_without_a_version() -> None:
    check_version(3, None)


def test_unless_it_is_required() -> None:
    with pytest.raises(VersionRequired):
        check_version(3, None, required=True)


async def test_a_refused_change_tells_the_current_version(http: httpx.AsyncClient) -> None:
    answer = await http.patch("/v1/things/3", headers={"If-Match": '"v2"'})

    assert answer.status_code == 412
    assert answer.json()["code"] == "version_mismatch"
    assert answer.headers["etag"] == '"v3"'


async def test_a_required_version_is_asked_for(http: httpx.AsyncClient) -> None:
    answer = await http.patch("/v1/things/3")

    assert answer.status_code == 428
    assert answer.json()["code"] == "version_required"


@pytest.mark.parametrize("header", ['"v3"', 'W/"v3"', '"v1", "v3"', "*"])
async def test_what_the_caller_has_is_not_sent_again(http: httpx.AsyncClient, header: str) -> None:
    answer = await http.get("/v1/things/3", headers={"If-None-Match": header})

    assert answer.status_code == 304
    assert answer.headers["etag"] == '"v3"'
    assert answer.content == b""


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": '"v2"'}])
async def test_what_the_caller_has_not_is_sent(
    http: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await http.get("/v1/things/3", headers=headers)

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"v3"'
