"""With the throttle switched on, which other tests switch off."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import time_machine
from fastapi import FastAPI

from app.core.clock import now
from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.accounts.people import PASSWORD, code_of, registration
from tests.make import http_client
from tests.post_office import PostOffice

EMAIL = {"email": "maya@example.test"}


@pytest.fixture
def app(settings: Settings, database: Database) -> FastAPI:
    return create_app(settings.model_copy(update={"rate_limits": True}), database=database)


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at another address."""
    async with http_client(app) as client:
        client._transport = httpx.ASGITransport(app=app, client=("198.51.100.7", 1))
        yield client


async def login(http: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await http.post("/v1/auth/login", json={"email": email, "password": password})


@pytest.mark.parametrize("email", ["maya@example.test", "nobody@example.test"])
@pytest.mark.usefixtures("maya")
async def test_ten_wrong_passwords_close_an_account_known_or_not(
    http: httpx.AsyncClient, stranger: httpx.AsyncClient, email: str
):
    for attempt in range(10):
        answer = await login(stranger, email.upper() if attempt % 2 else email, "not-it-at-all")
        assert answer.status_code == 401

    for caller in (stranger, http):
        refused = await login(caller, email, PASSWORD)
        assert refused.status_code == 429
        assert code_of(refused) == "rate_limited"
        assert 0 < int(refused.headers["retry-after"]) <= 90
    assert (await login(http, "other@example.test", PASSWORD)).status_code == 401


@pytest.mark.usefixtures("maya")
async def test_the_right_password_does_not_count(http: httpx.AsyncClient):
    for _ in range(12):
        assert (await login(http, EMAIL["email"], PASSWORD)).status_code == 200


@pytest.mark.usefixtures("maya")
async def test_guessing_at_registration_and_elsewhere_counts_with_guessing_at_sign_in(
    http: httpx.AsyncClient,
):
    for n in range(10):
        guess = registration(password=f"not-it-at-all-{n}", workspace_name="Second")
        assert code_of(await http.post("/v1/auth/register", json=guess)) == "account_exists"

    assert (await login(http, EMAIL["email"], PASSWORD)).status_code == 429


async def test_an_address_that_tries_too_much_is_refused_and_others_are_not(
    http: httpx.AsyncClient, stranger: httpx.AsyncClient
):
    path, body = "/v1/auth/magic-links/consume", {"token": "mgc_unknown"}
    with time_machine.travel(now(), tick=False):
        for _ in range(120):
            assert (await stranger.post(path, json=body)).status_code == 404

        refused = await stranger.post(path, json=body)
        allowed = await http.post(path, json=body)

    assert refused.status_code == 429
    assert refused.headers["ratelimit-policy"] == '"sign-in";q=120;w=60'
    assert allowed.status_code == 404


@pytest.mark.parametrize("path", ["/v1/auth/magic-links", "/v1/auth/password-resets"])
async def test_nobody_is_flooded_with_links(
    http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice, path: str
):
    await post_office.deliver()
    for email in (maya["user"]["email"], "nobody@example.test"):
        answers = [await http.post(path, json={"email": email}) for _ in range(7)]
        assert [answer.status_code for answer in answers] == [202] * 6 + [429]

    assert len(await post_office.deliver()) == 6
