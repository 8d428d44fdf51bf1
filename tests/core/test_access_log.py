import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
import structlog
from structlog.testing import LogCapture

from app.core import edge
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


@router.get("/{thing_id}")
async def get_thing(thing_id: UUID) -> str:
    return str(thing_id)


@router.get("/links/{token}")
async def follow(token: str) -> str:
    return token[:1]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    capture = LogCapture()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(),
        processors=[capture],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    monkeypatch.setattr(edge, "log", logger)
    return capture


async def line_of(log: LogCapture, path: str) -> Mapping[str, Any]:
    async with client_of(small_app(router)) as http:
        await http.get(path)
    [line] = log.entries
    return line


async def test_a_request_is_one_line(log: LogCapture) -> None:
    line = await line_of(log, "/v1/things/01a202b1-9912-70f1-9c48-f39968f0c6e5")

    assert line["event"] == "request"
    assert line["method"] == "GET"
    assert line["path"] == "/v1/things/01a202b1-9912-70f1-9c48-f39968f0c6e5"
    assert line["route"] == "/v1/things/{thing_id}"
    assert line["status"] == 200
    assert 0 <= line["ms"] < 5000


async def test_the_query_string_is_not_logged(log: LogCapture) -> None:
    line = await line_of(log, "/v1/things/x?token=hunter2")

    assert "hunter2" not in str(line)


async def test_a_mailed_token_in_a_path_is_not_logged(log: LogCapture) -> None:
    line = await line_of(log, f"/v1/things/links/inv_{'aB3-' * 16}")

    assert line["path"] == "/v1/things/links/…"


async def test_a_line_break_in_a_path_stays_encoded(log: LogCapture) -> None:
    line = await line_of(log, "/v1/things/a%0Ab%1Bc")

    assert line["path"] == "/v1/things/a%0Ab%1Bc"
