"""Requests find their route without a search, and all else is as Starlette has it."""

import pytest

from app.core.route_index import RouteIndex
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

things = api_router("/v1/things", "things")
anything = api_router("", "things")


@things.get("/best")
async def best_thing() -> str:
    return "best"


@things.get("/{thing_id}")
async def get_thing(thing_id: str) -> str:
    return thing_id


@things.post("/{thing_id}/polish", status_code=202)
async def polish_thing(thing_id: str) -> str:
    return f"{thing_id} shines"


@anything.get("/{place}/map")
async def get_map(place: str) -> str:
    return f"map of {place}"


@pytest.mark.parametrize(
    ("method", "path", "status", "answer"),
    [
        ("GET", "/v1/things/best", 200, "best"),
        ("GET", "/v1/things/7", 200, "7"),
        ("HEAD", "/v1/things/7", 200, None),
        ("POST", "/v1/things/7/polish", 202, "7 shines"),
        ("GET", "/lisbon/map", 200, "map of lisbon"),
        ("GET", "/v1/things", 404, None),
        ("GET", "/v1/things/7/", 404, None),
        ("GET", "/v1", 404, None),
        ("PUT", "/v1/things/7", 405, None),
    ],
)
async def test_each_path_finds_its_route_or_none(
    method: str, path: str, status: int, answer: str | None
):
    async with client_of(small_app(things, anything)) as http:
        given = await http.request(method, path)

    assert given.status_code == status
    assert answer is None or given.json() == answer


async def test_a_route_added_later_is_found_too():
    app = small_app(things)
    async with client_of(app) as http:
        assert (await http.get("/lisbon/map")).status_code == 404
        app.serve(anything)
        assert (await http.get("/lisbon/map")).status_code == 200


async def test_the_router_itself_is_only_asked_where_the_index_knows_nothing(
    monkeypatch: pytest.MonkeyPatch,
):
    app = small_app(things)
    assert isinstance(app.router.middleware_stack, RouteIndex)
    monkeypatch.setattr(app.router, "app", None)
    async with client_of(app) as http:
        assert (await http.get("/v1/things/7")).status_code == 200
