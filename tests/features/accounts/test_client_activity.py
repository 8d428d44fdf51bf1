from datetime import datetime, timedelta
from uuid import UUID

import httpx
import pytest
import time_machine
from sqlalchemy import select

from app.core.clock import now
from app.core.db import Database
from app.models import Contact
from tests.features.accounts.people import token_in
from tests.make import Make, Person
from tests.post_office import PostOffice


@pytest.fixture
async def client(make: Make) -> Person:
    return await make.client(workspace_id=await make.workspace())


@pytest.fixture
async def refresh_token(http: httpx.AsyncClient, client: Person, post_office: PostOffice) -> str:
    """The refresh token of a client who has just signed in."""
    await http.post("/v1/auth/magic-links", json={"email": client.email})
    token = token_in(await post_office.deliver_to(client.email))
    answer = await http.post("/v1/auth/magic-links/consume", json={"token": token})
    assert answer.json()["space"]["role"] == "client"
    return str(answer.json()["refresh_token"])


async def contact_of(database: Database, client: Person) -> Contact:
    async with database.reading(client.workspace_id) as session:
        wanted: UUID | None = client.contact_id
        contact = await session.scalar(select(Contact).where(Contact.id == wanted))
    assert contact
    return contact


@pytest.mark.usefixtures("refresh_token")
async def test_signing_in_is_seen_and_is_no_edit(client: Person, database: Database):
    contact = await contact_of(database, client)

    assert contact.last_active_at
    assert now() - contact.last_active_at < timedelta(minutes=1)
    assert contact.version == 1
    assert contact.updated_at == contact.created_at


async def test_refreshing_is_seen_every_five_minutes(
    http: httpx.AsyncClient, client: Person, database: Database, refresh_token: str
):
    first = (await contact_of(database, client)).last_active_at
    assert first
    seen: list[datetime | None] = []
    for minutes in (4, 6):
        with time_machine.travel(first + timedelta(minutes=minutes)):
            body = {"refresh_token": refresh_token}
            answer = await http.post("/v1/auth/refresh", json=body)
        refresh_token = answer.json()["refresh_token"]
        seen.append((await contact_of(database, client)).last_active_at)

    assert seen[0] == first
    assert seen[1]
    assert first + timedelta(minutes=6) <= seen[1] <= first + timedelta(minutes=7)
