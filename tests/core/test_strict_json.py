from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import Form
from pydantic import JsonValue

from app.core.fields import In, Line
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

router = api_router("/v1/things", "things")


class ThingIn(In):
    name: JsonValue = None


class SignIn(In):
    username: Annotated[str, Line(100)]


@router.post("")
async def create_thing(body: ThingIn) -> ThingIn:
    return body


@router.post("/form")
async def sign_in(form: Annotated[SignIn, Form()]) -> str:
    return form.username


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app(router)) as client:
        yield client


async def post(http: httpx.AsyncClient, body: bytes) -> httpx.Response:
    return await http.post("/v1/things", content=body, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"{",
            b'{"name": }',
            b"{'name': 1}",
            b'{"name": 1,}',
            b'{"name": 1} x',
            b"\xef\xbb\xbf{}",
        ),
        *(b'{"name": NaN}', b'{"name": Infinity}', b'{"name": -Infinity}', b'{"name": nan}'),
        *(b'{"name": "\xff"}', b'{"name": "\xc0\x80"}', '{"name": 1}'.encode("utf-16")),
        *(rb'{"name": "\ud800"}', rb'{"name": "\udc00\ud800"}', b'{"name": "\xed\xa0\x80"}'),
        b'{"name": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"name": ' + b'{"a":' * 250 + b"1" + b"}" * 250 + b"}",
        b'{"name": "a\nb"}',
    ],
)
async def test_what_is_not_json_is_refused(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await post(http, body)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_json"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (rb'{"name": "a\u0000"}', "/name"),
        (rb'{"name": [1, {"a": "\u0000"}]}', "/name/1/a"),
        (rb'{"na\u0000me": 1}', "/name"),
    ],
)
async def test_nul_in_a_string_is_refused(
    http: httpx.AsyncClient, body: bytes, pointer: str
) -> None:
    answer = await post(http, body)

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["code"], error["pointer"]) == ("nul_character", pointer)


async def test_an_escaped_backslash_before_u0000_is_no_nul(http: httpx.AsyncClient) -> None:
    answer = await post(http, rb'{"name": "a\\u0000"}')

    assert answer.json() == {"name": r"a\u0000"}


@pytest.mark.parametrize("body", [b"[]", b"1", b'"a"', b"true"])
async def test_json_of_another_shape_is_a_validation_error(
    http: httpx.AsyncClient, body: bytes
) -> None:
    assert (await post(http, body)).status_code == 422


async def test_null_is_a_missing_body(http: httpx.AsyncClient) -> None:
    assert (await post(http, b"null")).status_code == 422


@pytest.mark.parametrize(
    "number", [b"1e400", b"-1e400", b"1" * 4000, b"1" * 5000, b"1e-400", b"0." + b"1" * 3000]
)
async def test_giant_numbers_do_no_harm(http: httpx.AsyncClient, number: bytes) -> None:
    answer = await post(http, b'{"name": ' + number + b"}")

    assert answer.status_code in {200, 400, 422}


async def test_nul_in_a_form_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things/form", data={"username": "a\x00"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "nul_character"


async def test_a_form_is_read(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/things/form", data={"username": "maya@example.com"})

    assert answer.json() == "maya@example.com"
