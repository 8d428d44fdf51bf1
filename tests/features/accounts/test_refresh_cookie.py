from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.accounts.people import PASSWORD, code_of
from tests.make import http_client

COOKIE = "__Host-atrium-refresh"
ORIGIN = "https://portal.example.test"
LOGIN = {"email": "maya@example.test", "password": PASSWORD}
IN_COOKIE = {"X-Token-Delivery": "cookie"}


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    """An app that a browser's front end at ORIGIN uses."""
    return create_app(settings.model_copy(update={"cors_origins": (ORIGIN,)}), database=database)


@pytest.fixture
async def cookie(http: httpx.AsyncClient, maya: dict[str, Any]) -> dict[str, str]:
    """The Cookie header of a browser that maya signed in with."""
    answer = await http.post("/v1/auth/login", json=LOGIN, headers=IN_COOKIE)
    assert answer.json()["refresh_token"] is None
    assert answer.json()["user"]["id"] == maya["user"]["id"]
    return cookie_header(answer)


def cookie_header(answer: httpx.Response) -> dict[str, str]:
    pair = answer.headers["set-cookie"].partition(";")[0]
    return {"Cookie": pair}


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    assert maya["refresh_token"]

    answer = await http.post("/v1/auth/login", json=LOGIN, headers=IN_COOKIE)

    name, _, rest = answer.headers["set-cookie"].partition("=")
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert name == COOKIE
    assert attributes == {"httponly", "secure", "samesite=strict", "path=/", "max-age=2592000"}


async def test_a_cookie_is_exchanged_for_a_cookie(app: FastAPI, cookie: dict[str, str]):
    async with http_client(app) as browser:
        answer = await browser.post("/v1/auth/refresh", headers={**cookie, "Origin": ORIGIN})

        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None
        assert cookie_header(answer) != cookie


@pytest.mark.parametrize(
    "origin",
    [{}, {"Origin": "https://evil.test"}, {"Origin": "null"}, {"Origin": f"{ORIGIN}.evil"}],
)
@pytest.mark.parametrize("path", ["/v1/auth/refresh", "/v1/auth/logout"])
async def test_other_origins_cannot_use_the_cookie(
    app: FastAPI, cookie: dict[str, str], origin: dict[str, str], path: str
):
    async with http_client(app) as browser:
        refused = await browser.post(path, headers={**cookie, **origin})
        assert refused.status_code == 403
        assert code_of(refused) == "origin_not_allowed"

        answer = await browser.post("/v1/auth/refresh", headers={**cookie, "Origin": ORIGIN})
        assert answer.status_code == 200


async def test_logging_out_ends_the_session_and_removes_the_cookie(
    app: FastAPI, cookie: dict[str, str]
):
    async with http_client(app) as browser:
        answer = await browser.post("/v1/auth/logout", headers={**cookie, "Origin": ORIGIN})

        assert answer.status_code == 204
        assert f'{COOKIE}="";' in answer.headers["set-cookie"]
        assert "Max-Age=0" in answer.headers["set-cookie"]
        again = await browser.post("/v1/auth/refresh", headers={**cookie, "Origin": ORIGIN})
        assert code_of(again) == "invalid_refresh_token"


async def test_the_cookie_opens_nothing_else(app: FastAPI, cookie: dict[str, str]):
    async with http_client(app) as browser:
        answer = await browser.get("/v1/me", headers={**cookie, "Origin": ORIGIN})

    assert answer.status_code == 401


async def test_an_unknown_delivery_is_refused(http: httpx.AsyncClient):
    answer = await http.post("/v1/auth/login", json=LOGIN, headers={"X-Token-Delivery": "pigeon"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["in"] == "header"
