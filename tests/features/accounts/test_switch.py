from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from app.core.db import Database
from app.core.ids import new_id
from app.models import Contact
from app.repositories.spaces import add_space
from tests.features.accounts.people import bearer, code_of, registration
from tests.make import Make


@pytest.fixture
async def second(http: httpx.AsyncClient, maya: dict[str, Any]) -> dict[str, Any]:
    """Maya's answer after she founded a second practice."""
    answer = await http.post("/v1/auth/register", json=registration(workspace_name="Second"))
    body: dict[str, Any] = answer.json()
    assert body["user"]["id"] == maya["user"]["id"]
    return body


async def make_client_of(make: Make, database: Database, user_id: str) -> UUID:
    """Another coach's practice, where this person is a client; its id."""
    workspace_id = (await make.coach()).workspace_id
    contact = await make.contact(workspace_id=workspace_id)
    async with database.writing(workspace_id) as session:
        await add_space(
            session,
            user_id=UUID(user_id),
            workspace_id=workspace_id,
            role="client",
            contact_id=contact.id,
        )
    return workspace_id


async def test_one_login_serves_two_practices_apart(
    http: httpx.AsyncClient, maya: dict[str, Any], second: dict[str, Any]
):
    ada = {"first_name": "Ada", "email": "ada@example.test"}
    created = await http.post("/v1/contacts", json=ada, headers=bearer(maya))
    assert created.status_code == 201

    answer = await http.post(
        "/v1/auth/switch",
        json={"workspace_id": second["space"]["workspace_id"]},
        headers=bearer(maya),
    )

    assert answer.status_code == 200
    body = answer.json()
    assert body["space"] == second["space"]
    assert body["refresh_token"] is None
    there = await http.get("/v1/contacts", headers=bearer(body))
    assert there.json()["data"] == []


async def test_the_refresh_token_leads_to_the_new_space(
    http: httpx.AsyncClient, maya: dict[str, Any], second: dict[str, Any]
):
    wanted = second["space"]["workspace_id"]
    await http.post("/v1/auth/switch", json={"workspace_id": wanted}, headers=bearer(maya))

    answer = await http.post("/v1/auth/refresh", json={"refresh_token": maya["refresh_token"]})

    assert answer.json()["space"]["workspace_id"] == wanted


async def test_a_coach_may_be_another_coachs_client(
    http: httpx.AsyncClient, make: Make, database: Database, maya: dict[str, Any]
):
    workspace_id = await make_client_of(make, database, maya["user"]["id"])

    answer = await http.post(
        "/v1/auth/switch", json={"workspace_id": str(workspace_id)}, headers=bearer(maya)
    )

    body = answer.json()
    assert body["space"]["role"] == "client"
    refused = await http.get("/v1/contacts", headers=bearer(body))
    assert code_of(refused) == "coaches_only"
    async with database.reading(workspace_id) as session:
        contact = await session.scalar(
            select(Contact).where(Contact.id == UUID(body["space"]["contact_id"]))
        )
    assert contact
    assert contact.last_active_at


@pytest.mark.parametrize("role", ["client", "coach", "assistant"])
async def test_a_role_one_does_not_have_is_not_found(
    http: httpx.AsyncClient, maya: dict[str, Any], role: str
):
    wanted = {"workspace_id": maya["space"]["workspace_id"], "role": role}

    answer = await http.post("/v1/auth/switch", json=wanted, headers=bearer(maya))

    assert code_of(answer) == "not_found"


async def test_a_strangers_practice_is_not_found(
    http: httpx.AsyncClient, make: Make, maya: dict[str, Any]
):
    for workspace_id in (await make.workspace(), new_id()):
        answer = await http.post(
            "/v1/auth/switch", json={"workspace_id": str(workspace_id)}, headers=bearer(maya)
        )
        assert answer.status_code == 404
        assert code_of(answer) == "not_found"


async def test_nobody_cannot_switch(http: httpx.AsyncClient):
    answer = await http.post("/v1/auth/switch", json={"workspace_id": str(new_id())})

    assert code_of(answer) == "unauthorized"
