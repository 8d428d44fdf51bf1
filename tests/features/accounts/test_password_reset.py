from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine

from app.core.clock import now
from tests.features.accounts.people import PASSWORD, bearer, code_of, token_in
from tests.post_office import PostOffice

EMAIL = {"email": "maya@example.test"}
NEW = "three-herons-by-the-river"


@pytest.fixture
async def link(http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice) -> str:
    """The token of a reset mailed to Maya."""
    await post_office.deliver()
    answer = await http.post("/v1/auth/password-resets", json=EMAIL)
    assert answer.status_code == 202
    return token_in(await post_office.deliver_to(maya["user"]["email"]))


async def reset(http: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    body = {"token": token, "password": password}
    return await http.post("/v1/auth/password-resets/consume", json=body)


async def login(http: httpx.AsyncClient, password: str) -> httpx.Response:
    return await http.post("/v1/auth/login", json={**EMAIL, "password": password})


async def test_the_new_password_works_and_the_old_does_not(http: httpx.AsyncClient, link: str):
    answer = await reset(http, link)

    assert answer.status_code == 204
    assert (await login(http, NEW)).status_code == 200
    assert code_of(await login(http, PASSWORD)) == "invalid_credentials"
    assert code_of(await reset(http, link)) == "token_used"


async def test_every_device_is_signed_out(http: httpx.AsyncClient, maya: dict[str, Any], link: str):
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 200

    await reset(http, link)

    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 401
    refused = await http.post("/v1/auth/refresh", json={"refresh_token": maya["refresh_token"]})
    assert code_of(refused) == "invalid_refresh_token"


async def test_the_person_is_told_and_verified(
    http: httpx.AsyncClient, link: str, post_office: PostOffice
):
    await reset(http, link)

    mail = await post_office.deliver_to(EMAIL["email"])
    assert "password" in mail["subject"].lower()
    assert (await login(http, NEW)).json()["user"]["email_verified"] is True


async def test_a_weak_password_leaves_the_link_as_good_as_it_was(
    http: httpx.AsyncClient, link: str
):
    for weak in ("password12345", "maya@example.test"):
        answer = await reset(http, link, weak)
        assert answer.status_code == 422
        assert code_of(answer) == "weak_password"
    assert code_of(await reset(http, link, "short")) == "validation_failed"

    assert (await login(http, PASSWORD)).status_code == 200
    assert (await reset(http, link)).status_code == 204


async def test_a_reset_kills_an_open_magic_link(
    http: httpx.AsyncClient, link: str, post_office: PostOffice
):
    await http.post("/v1/auth/magic-links", json=EMAIL)
    magic = token_in(await post_office.deliver_to(EMAIL["email"]))

    await reset(http, link)

    refused = await http.post("/v1/auth/magic-links/consume", json={"token": magic})
    assert code_of(refused) == "invalid_token"


async def test_an_old_link_has_expired(http: httpx.AsyncClient, link: str):
    with time_machine.travel(now() + timedelta(hours=1, seconds=1)):
        assert code_of(await reset(http, link)) == "token_expired"

    assert (await login(http, PASSWORD)).status_code == 200


async def test_an_unknown_address_answers_alike_and_mails_nobody(
    http: httpx.AsyncClient, post_office: PostOffice
):
    answer = await http.post("/v1/auth/password-resets", json={"email": "nobody@example.test"})

    assert answer.status_code == 202
    assert answer.json() == {"expires_in": 3600}
    assert await post_office.deliver() == []


async def test_an_unknown_token_is_refused(http: httpx.AsyncClient):
    for token in ("pwr_" + "A" * 64, "nonsense"):
        assert code_of(await reset(http, token)) == "invalid_token"
