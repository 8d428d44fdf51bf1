from datetime import timedelta
from typing import Any

import httpx
import time_machine

from app.core.clock import now
from tests.features.accounts.people import bearer, code_of, token_in
from tests.post_office import PostOffice

EMAIL = "maya@example.test"


async def verify(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/v1/auth/email-verifications/consume", json={"token": token})


async def test_registering_mails_the_link_that_verifies(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, post_office: PostOffice
):
    token = token_in(await post_office.deliver_to(EMAIL))

    answer = await verify(http, token)

    assert answer.status_code == 204
    assert (await maya_http.get("/v1/me")).json()["email_verified"] is True
    assert code_of(await verify(http, token)) == "token_used"


async def test_the_link_can_be_mailed_again_and_the_older_dies(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, post_office: PostOffice
):
    older = token_in(await post_office.deliver_to(EMAIL))

    answer = await maya_http.post("/v1/auth/email-verifications")

    assert answer.status_code == 202
    newer = token_in(await post_office.deliver_to(EMAIL))
    assert code_of(await verify(http, older)) == "invalid_token"
    assert (await verify(http, newer)).status_code == 204
    again = await maya_http.post("/v1/auth/email-verifications")
    assert code_of(again) == "already_verified"


async def test_an_old_link_has_expired(
    http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice
):
    token = token_in(await post_office.deliver_to(EMAIL))

    with time_machine.travel(now() + timedelta(days=3, seconds=1)):
        assert code_of(await verify(http, token)) == "token_expired"

    me = await http.get("/v1/me", headers=bearer(maya))
    assert me.json()["email_verified"] is False


async def test_founding_a_second_practice_verified_mails_nothing(
    http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice
):
    await verify(http, token_in(await post_office.deliver_to(EMAIL)))
    second = {
        "email": maya["user"]["email"],
        "password": "two-larks-over-the-lake",
        "name": "Maya",
        "workspace_name": "Second",
        "time_zone": "UTC",
    }

    assert (await http.post("/v1/auth/register", json=second)).status_code == 201

    assert await post_office.deliver() == []
