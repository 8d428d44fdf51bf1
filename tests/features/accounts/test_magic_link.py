from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine

from app.core.clock import now
from tests.features.accounts.people import PASSWORD, bearer, code_of, registration, token_in
from tests.make import Make
from tests.post_office import PostOffice

EMAIL = {"email": "maya@example.test"}


@pytest.fixture
async def link(http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice) -> str:
    """The token of a magic link mailed to Maya."""
    await post_office.deliver()
    answer = await http.post("/v1/auth/magic-links", json=EMAIL)
    assert answer.status_code == 202
    return token_in(await post_office.deliver_to(maya["user"]["email"]))


async def consume(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/v1/auth/magic-links/consume", json={"token": token})


async def test_the_mailed_link_signs_in_once(http: httpx.AsyncClient, link: str):
    answer = await consume(http, link)

    assert answer.status_code == 200
    body = answer.json()
    assert body["user"]["email_verified"] is True
    assert (await http.get("/v1/me", headers=bearer(body))).status_code == 200
    again = await consume(http, link)
    assert again.status_code == 410
    assert code_of(again) == "token_used"


async def test_an_unknown_address_answers_alike_and_mails_nobody(
    http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice
):
    known = await http.post("/v1/auth/magic-links", json={"email": maya["user"]["email"]})
    await post_office.deliver()

    unknown = await http.post("/v1/auth/magic-links", json={"email": "nobody@example.test"})

    assert (unknown.status_code, unknown.json()) == (known.status_code, known.json())
    assert unknown.json() == {"expires_in": 900}
    assert await post_office.deliver() == []


async def test_an_unknown_address_takes_as_long(http: httpx.AsyncClient, maya: dict[str, Any]):
    for email in (maya["user"]["email"], "nobody@example.test"):
        answer = await http.post("/v1/auth/magic-links", json={"email": email})
        assert answer.elapsed >= timedelta(seconds=0.1)


async def test_a_new_link_kills_the_one_before(
    http: httpx.AsyncClient, link: str, post_office: PostOffice
):
    await http.post("/v1/auth/magic-links", json=EMAIL)
    newer = token_in(await post_office.deliver_to(EMAIL["email"]))

    assert code_of(await consume(http, link)) == "invalid_token"
    assert (await consume(http, newer)).status_code == 200


async def test_an_old_link_has_expired(http: httpx.AsyncClient, link: str):
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        answer = await consume(http, link)

    assert answer.status_code == 410
    assert code_of(answer) == "token_expired"
    assert (await consume(http, link)).status_code == 200


async def test_the_first_proof_of_an_address_ends_what_was_set_up_without_one(
    http: httpx.AsyncClient, maya: dict[str, Any], link: str
):
    """Who registers another's address must not keep a password to it."""
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 200

    body = (await consume(http, link)).json()

    assert body["user"]["has_password"] is False
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 401
    login = await http.post("/v1/auth/login", json={**EMAIL, "password": PASSWORD})
    assert code_of(login) == "invalid_credentials"


async def test_a_verified_person_keeps_password_and_devices(
    http: httpx.AsyncClient, maya: dict[str, Any], post_office: PostOffice
):
    verify = token_in(await post_office.deliver_to(EMAIL["email"]))
    await http.post("/v1/auth/email-verifications/consume", json={"token": verify})
    await http.post("/v1/auth/magic-links", json=EMAIL)
    token = token_in(await post_office.deliver_to(EMAIL["email"]))

    body = (await consume(http, token)).json()

    assert body["user"]["has_password"] is True
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 200


async def test_the_mail_wears_the_practice_the_person_came_through(
    http: httpx.AsyncClient, make: Make, post_office: PostOffice
):
    practice, foreign = await make.workspace(name="Calm"), await make.workspace(name="Foreign")
    client = await make.client(workspace_id=practice)

    subjects = []
    for workspace_id in (practice, foreign):
        body = {"email": client.email, "workspace_id": str(workspace_id)}
        await http.post("/v1/auth/magic-links", json=body)
        mail = await post_office.deliver_to(client.email)
        subjects.append(f"{mail['from']} {mail['subject']}")

    assert "Calm" in subjects[0]
    assert "Foreign" not in subjects[1]


@pytest.mark.parametrize(
    "token",
    ["mgc_", "x", "mgc_" + "A" * 64, "mgc_" + "A" * 65, "pwr_" + "A" * 64, "\u00e9" * 20, "mgc_=="],
)
async def test_any_other_token_is_refused(http: httpx.AsyncClient, token: str):
    answer = await consume(http, token)

    assert answer.status_code == 404
    assert code_of(answer) == "invalid_token"


async def test_a_link_of_another_kind_is_refused_and_stays_good(
    http: httpx.AsyncClient, post_office: PostOffice
):
    await http.post("/v1/auth/register", json=registration())
    verify = token_in(await post_office.deliver_to(EMAIL["email"]))

    for other in (verify, verify.replace("ver_", "mgc_")):
        assert code_of(await consume(http, other)) == "invalid_token"

    answer = await http.post("/v1/auth/email-verifications/consume", json={"token": verify})
    assert answer.status_code == 204
