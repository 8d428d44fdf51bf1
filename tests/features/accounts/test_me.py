from typing import Any

import httpx
import pytest

from tests.features.accounts.people import code_of
from tests.make import Make


async def test_the_caller_sees_themselves_and_their_spaces(
    maya: dict[str, Any], maya_http: httpx.AsyncClient
):
    answer = await maya_http.get("/v1/me")

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"v1"'
    assert answer.json() == {**maya["user"], "space": maya["space"], "spaces": maya["spaces"]}
    assert "password_hash" not in answer.text


async def test_a_client_sees_which_contact_they_are(make: Make):
    client = await make.client(workspace_id=await make.workspace())

    space = (await client.http.get("/v1/me")).json()["space"]

    assert space["role"] == "client"
    assert space["contact_id"] == str(client.contact_id)


async def test_what_was_sent_changes_and_the_rest_stays(maya_http: httpx.AsyncClient):
    answer = await maya_http.patch("/v1/me", json={"name": " Maya O. ", "locale": "de_ch"})

    assert answer.status_code == 200
    body = answer.json()
    assert (body["name"], body["locale"], body["time_zone"]) == (
        "Maya O.",
        "de-CH",
        "Europe/Berlin",
    )
    assert answer.headers["etag"] == '"v2"'
    assert (await maya_http.get("/v1/me")).json() == body


async def test_a_change_may_ask_for_the_version_it_knows(maya_http: httpx.AsyncClient):
    change = {"time_zone": "Asia/Tokyo"}

    right = await maya_http.patch("/v1/me", json=change, headers={"If-Match": '"v1"'})
    stale = await maya_http.patch("/v1/me", json=change, headers={"If-Match": '"v1"'})

    assert right.status_code == 200
    assert code_of(stale) == "version_mismatch"


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"name": ""},
        {"name": "x" * 101},
        {"name": "two\nlines"},
        {"time_zone": "Nowhere"},
        {"locale": "xx-unknown"},
        {"email": "other@example.test"},
        {"email_verified": True},
        [],
    ],
)
async def test_anything_else_is_refused(maya_http: httpx.AsyncClient, change: Any):
    before = (await maya_http.get("/v1/me")).json()

    answer = await maya_http.patch("/v1/me", json=change)

    assert answer.status_code == 422
    assert (await maya_http.get("/v1/me")).json() == before


async def test_a_stranger_signs_in_first(http: httpx.AsyncClient):
    for path in ("/v1/me", "/v1/me/sessions", "/v1/me/photo"):
        answer = await http.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
