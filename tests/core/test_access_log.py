from collections.abc import Mapping
from typing import Any
from uuid import UUID

from structlog.testing import capture_logs

from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("/{thing_id}")
async def get_thing(thing_id: UUID) -> str:
    return str(thing_id)


@router.get("/links/{token}")
async def follow(token: str) -> str:
    return token[:1]


async def logged(path: str) -> Mapping[str, Any]:
    with capture_logs() as lines:
        async with client_of(small_app(router)) as http:
            await http.get(path)
    [line] = [line for line in lines if line["event"] == "request"]
    return line


async def test_a_request_is_one_line() -> None:
    line = await logged("/v1/things/01a202b1-9912-70f1-9c48-f39968f0c6e5")

    assert line["method"] == "GET"
    assert line["path"] == "/v1/things/01a202b1-9912-70f1-9c48-f39968f0c6e5"
    assert line["route"] == "/v1/things/{thing_id}"
    assert line["status"] == 200
    assert 0 <= line["ms"] < 5000


async def test_the_query_string_is_not_logged() -> None:
    line = await logged("/v1/things/x?token=hunter2")

    assert "hunter2" not in str(line)


async def test_a_mailed_token_in_a_path_is_not_logged() -> None:
    token = "inv_" + "aB3-" * 16

    line = await logged(f"/v1/things/links/{token}")

    assert line["path"] == "/v1/things/links/…"


async def test_a_line_break_in_a_path_stays_encoded() -> None:
    line = await logged("/v1/things/a%0Ab%1Bc")

    assert line["path"] == "/v1/things/a%0Ab%1Bc"
