from typing import Any

import httpx

from tests.features.accounts.people import PASSWORD, bearer, code_of
from tests.make import Make
from tests.post_office import PostOffice

NEW = "three-herons-by-the-river"
LOGIN = {"email": "maya@example.test", "password": PASSWORD}
CHANGE = {"current_password": PASSWORD, "new_password": NEW}


async def test_the_password_changes_and_other_devices_are_signed_out(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient, post_office: PostOffice
):
    other = (await http.post("/v1/auth/login", json=LOGIN)).json()
    assert (await http.get("/v1/me", headers=bearer(other))).status_code == 200
    await post_office.deliver()

    answer = await maya_http.post("/v1/me/password", json=CHANGE)

    assert answer.status_code == 204
    assert (await maya_http.get("/v1/me")).status_code == 200
    assert (await http.get("/v1/me", headers=bearer(other))).status_code == 401
    assert (await http.post("/v1/auth/login", json=LOGIN)).status_code == 401
    assert (await http.post("/v1/auth/login", json={**LOGIN, "password": NEW})).status_code == 200
    mail = await post_office.deliver_to(LOGIN["email"])
    assert "password" in mail["subject"].lower()


async def test_the_wrong_password_changes_nothing(
    http: httpx.AsyncClient, maya_http: httpx.AsyncClient
):
    wrong = {**CHANGE, "current_password": "not-her-password-at-all"}

    answer = await maya_http.post("/v1/me/password", json=wrong)

    assert answer.status_code == 403
    assert code_of(answer) == "wrong_password"
    assert (await http.post("/v1/auth/login", json=LOGIN)).status_code == 200


async def test_a_weak_password_is_refused(maya_http: httpx.AsyncClient):
    answer = await maya_http.post("/v1/me/password", json={**CHANGE, "new_password": "1" * 12})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/new_password"


async def test_who_has_no_password_resets_it_instead(make: Make):
    client = await make.client(workspace_id=await make.workspace())

    answer = await client.http.post("/v1/me/password", json=CHANGE)

    assert code_of(answer) == "wrong_password"


async def test_a_stranger_signs_in_first(http: httpx.AsyncClient, maya: dict[str, Any]):
    assert maya["user"]

    assert code_of(await http.post("/v1/me/password", json=CHANGE)) == "unauthorized"
