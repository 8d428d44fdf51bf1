from typing import Any

import httpx
import pytest

from app.core.ids import new_id
from tests.features.accounts.people import PASSWORD, bearer, code_of, registration

LOGIN = {"email": "maya@example.test", "password": PASSWORD}


@pytest.fixture
async def phone(http: httpx.AsyncClient, maya: dict[str, Any]) -> dict[str, Any]:
    """Maya's answer on a second device."""
    answer = await http.post("/v1/auth/login", json=LOGIN, headers={"User-Agent": "Phone/1.0"})
    body: dict[str, Any] = answer.json()
    assert body["user"]["id"] == maya["user"]["id"]
    return body


async def sessions(http: httpx.AsyncClient, signed_in: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await http.get("/v1/me/sessions", headers=bearer(signed_in))
    assert answer.status_code == 200
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def test_the_list_shows_every_device_and_marks_this_one(
    http: httpx.AsyncClient, maya: dict[str, Any], phone: dict[str, Any]
):
    listed = await sessions(http, phone)

    assert [(row["user_agent"], row["current"]) for row in listed] == [
        ("Phone/1.0", True),
        (http.headers["user-agent"], False),
    ]
    assert listed[0]["workspace_name"] == "Maya's Coaching"
    assert listed[0]["ip"] == "127.0.0.1"
    assert "token" not in str(listed).lower()
    assert (await sessions(http, maya))[1]["current"] is True


async def test_the_list_pages(http: httpx.AsyncClient, maya: dict[str, Any], phone: dict[str, Any]):
    first = await http.get("/v1/me/sessions?limit=1", headers=bearer(maya))
    second = await http.get(
        f"/v1/me/sessions?limit=1&cursor={first.json()['next_cursor']}", headers=bearer(phone)
    )

    assert first.json()["has_more"] is True
    assert second.json()["has_more"] is False
    assert first.json()["data"][0]["id"] != second.json()["data"][0]["id"]
    wrong = await http.get("/v1/me/sessions?cursor=abc", headers=bearer(maya))
    assert code_of(wrong) == "invalid_cursor"


async def test_a_device_can_be_signed_out_from_another(
    http: httpx.AsyncClient, maya: dict[str, Any], phone: dict[str, Any]
):
    assert (await http.get("/v1/me", headers=bearer(phone))).status_code == 200
    [lost] = [row["id"] for row in await sessions(http, maya) if not row["current"]]

    answer = await http.delete(f"/v1/me/sessions/{lost}", headers=bearer(maya))

    assert answer.status_code == 204
    assert (await http.get("/v1/me", headers=bearer(phone))).status_code == 401
    assert len(await sessions(http, maya)) == 1
    again = await http.delete(f"/v1/me/sessions/{lost}", headers=bearer(maya))
    assert again.status_code == 404


async def test_all_other_devices_can_be_signed_out(
    http: httpx.AsyncClient, maya: dict[str, Any], phone: dict[str, Any]
):
    answer = await http.delete("/v1/me/sessions", headers=bearer(maya))

    assert answer.status_code == 204
    assert (await http.get("/v1/me", headers=bearer(phone))).status_code == 401
    assert (await http.get("/v1/me", headers=bearer(maya))).status_code == 200


async def test_a_strangers_session_is_not_found(http: httpx.AsyncClient, maya: dict[str, Any]):
    nora = await http.post("/v1/auth/register", json=registration(email="nora@example.test"))
    [hers] = await sessions(http, nora.json())

    for session_id in (hers["id"], str(new_id()), "not-an-id"):
        answer = await http.delete(f"/v1/me/sessions/{session_id}", headers=bearer(maya))
        assert answer.status_code == 404
        assert code_of(answer) == "not_found"
    assert len(await sessions(http, nora.json())) == 1
