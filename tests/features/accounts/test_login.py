from typing import Any

import httpx
import pytest

from tests.features.accounts.people import PASSWORD, bearer, code_of, registration
from tests.make import Make

LOGIN = {"email": "maya@example.test", "password": PASSWORD}


@pytest.mark.usefixtures("maya")
async def test_the_right_password_signs_in(http: httpx.AsyncClient):
    answer = await http.post("/v1/auth/login", json=LOGIN)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["user"]["name"] == "Maya Okafor"
    assert body["space"]["role"] == "owner"
    assert (await http.get("/v1/me", headers=bearer(body))).status_code == 200


@pytest.mark.usefixtures("maya")
async def test_the_oauth_form_answers_the_same(http: httpx.AsyncClient):
    form = {"grant_type": "password", "username": "Maya@Example.test", "password": PASSWORD}

    answer = await http.post("/v1/auth/token", data=form)

    assert answer.status_code == 200
    assert set(answer.json()) == {
        "access_token",
        "token_type",
        "expires_in",
        "refresh_token",
        "user",
        "space",
        "spaces",
    }


@pytest.mark.usefixtures("maya")
@pytest.mark.parametrize(
    "changes", [{"password": "some-other-password"}, {"email": "nobody@example.test"}]
)
async def test_a_wrong_password_and_an_unknown_address_answer_alike(
    http: httpx.AsyncClient, changes: dict[str, str]
):
    answer = await http.post("/v1/auth/login", json=LOGIN | changes)

    assert answer.status_code == 401
    problem = answer.json()
    del problem["request_id"]
    assert problem == {
        "type": "/docs/problems#invalid_credentials",
        "title": "E-mail or password is wrong",
        "status": 401,
        "code": "invalid_credentials",
    }


async def test_a_person_without_password_cannot_use_one(http: httpx.AsyncClient, make: Make):
    client = await make.client(workspace_id=await make.workspace())

    answer = await http.post("/v1/auth/login", json={**LOGIN, "email": client.email})

    assert code_of(answer) == "invalid_credentials"


async def test_an_accent_is_the_same_however_it_was_typed(http: httpx.AsyncClient):
    await http.post("/v1/auth/register", json=registration(password="caf\u00e9 au lait, twice"))

    answer = await http.post(
        "/v1/auth/login", json={**LOGIN, "password": "cafe\u0301 au lait, twice"}
    )

    assert answer.status_code == 200


async def test_signing_in_leads_to_the_space_used_last(
    http: httpx.AsyncClient, maya: dict[str, Any]
):
    await http.post("/v1/auth/register", json=registration(workspace_name="Second"))
    first = maya["space"]["workspace_id"]
    assert (await http.post("/v1/auth/login", json=LOGIN)).json()["space"]["workspace_id"] != first

    switched = await http.post(
        "/v1/auth/switch", json={"workspace_id": first}, headers=bearer(maya)
    )
    assert switched.status_code == 200

    assert (await http.post("/v1/auth/login", json=LOGIN)).json()["space"]["workspace_id"] == first


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"username": "maya@example.test"},
        {"username": "a" * 300, "password": PASSWORD},
        {"username": "maya@example.test", "password": "x" * 300},
        {"username": "maya@example.test", "password": PASSWORD, "grant_type": "implicit"},
    ],
)
async def test_a_malformed_form_is_refused(http: httpx.AsyncClient, form: dict[str, str]):
    answer = await http.post("/v1/auth/token", data=form)

    assert answer.status_code == 422
    assert PASSWORD not in answer.text
