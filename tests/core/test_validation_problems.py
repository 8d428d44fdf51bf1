from collections.abc import AsyncIterator, Callable
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import Header, Query
from pydantic import Field

from app.core.fields import Day, Email, HexColor, In, Instant, Int4, Name, Phone, TimeZone, WebUrl
from app.core.paging import PageQuery
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

SECRET = "hunter2-hunter2"

Wrap = Callable[[str], object]


class Inner(In):
    kind: UUID


class ThingIn(In):
    name: Name
    password: Annotated[str, Field(max_length=5)] = "x"
    email: Email = "maya@example.com"
    phone: Phone | None = None
    colour: HexColor | None = None
    site: WebUrl | None = None
    zone: TimeZone | None = None
    at: Instant | None = None
    day: Day | None = None
    count: Int4 | None = None
    inner: Inner | None = None
    ids: Annotated[list[UUID], Field(max_length=100, default_factory=list)]


router = api_router("/v1/things", "things")


@router.post("")
async def create_thing(body: ThingIn) -> None: ...


@router.get("")
async def list_things(query: Annotated[PageQuery, Query()]) -> None: ...


@router.get("/{thing_id}")
async def get_thing(thing_id: UUID, x_count: Annotated[int, Header()] = 0) -> None: ...


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


async def test_a_wrong_member_is_pointed_at(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", json={"name": "a", "inner": {"kind": "b"}})

    assert answer.status_code == 422
    assert answer.json()["code"] == "validation_failed"
    assert answer.json()["errors"] == [
        {
            "in": "body",
            "pointer": "/inner/kind",
            "code": "uuid_parsing",
            "detail": "Must be a UUID",
        }
    ]


async def test_every_wrong_member_is_named(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", json={"count": 1.5, "colour": "red"})

    pointers = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert pointers == {
        "/name": "missing",
        "/count": "int_type",
        "/colour": "string_pattern_mismatch",
    }


async def test_pointers_escape_names_as_rfc_6901_says(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", json={"name": "a", "x/y~z": 1})

    assert [error["pointer"] for error in answer.json()["errors"]] == ["/x~1y~0z"]


async def test_a_missing_body_is_named(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things")

    assert [(e["in"], e["pointer"]) for e in answer.json()["errors"]] == [("body", "")]


async def test_wrong_parameters_say_where_they_are(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/things", params={"limit": 0, "offset": 3})

    assert answer.status_code == 422
    places = {(e["in"], e["pointer"], e["code"]) for e in answer.json()["errors"]}
    assert places == {
        ("query", "/limit", "greater_than_equal"),
        ("query", "/offset", "extra_forbidden"),
    }


async def test_a_wrong_header_says_where_it_is(http: httpx.AsyncClient) -> None:
    path = "/v1/things/01a202b1-9912-70f1-9c48-f39968f0c6e5"

    answer = await http.get(path, headers={"X-Count": "many"})

    assert [(e["in"], e["pointer"]) for e in answer.json()["errors"]] == [("header", "/x-count")]


@pytest.mark.parametrize("malformed", ["1", "not-an-id", "0" * 300, "%ff", "..%2f..", "☃"])
async def test_a_malformed_id_is_not_found(http: httpx.AsyncClient, malformed: str) -> None:
    answer = await http.get(f"/v1/things/{malformed}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert "errors" not in answer.json()


@pytest.mark.parametrize(
    "member",
    [
        *("name", "password", "email", "phone", "colour", "site", "zone", "at", "day", "count"),
        *("inner", "ids"),
    ],
)
@pytest.mark.parametrize("wrap", [str, lambda s: [s], lambda s: {s: s}, lambda s: s * 400])
async def test_input_is_never_echoed(http: httpx.AsyncClient, member: str, wrap: Wrap) -> None:
    answer = await http.post("/v1/things", json={"count": "x", "name": "a", member: wrap(SECRET)})

    assert answer.status_code == 422
    assert SECRET not in answer.text.replace(f'"pointer": "/{member}/{SECRET}', "")


async def test_at_most_fifty_errors_are_told(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things", json={"name": "a", "ids": ["x"] * 100})

    assert len(answer.json()["errors"]) == 50
