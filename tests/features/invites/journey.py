"""Steps of the invitation's journey that several tests take."""

from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from app.access.runtime import Runtime
from app.models import PortalInvite
from tests.make import Make, Person

PASSWORD = "larks over the quiet lake"


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": uuid4().hex}


async def invite(coach: Person, contact_id: UUID | str, **body: Any) -> httpx.Response:
    return await coach.http.post(
        f"/v1/contacts/{contact_id}/portal-invite", json=body, headers=key()
    )


async def mailed_token(make: Make, workspace_id: UUID, contact_id: UUID | str) -> str:
    """The token the latest invitation's mail carries."""
    runtime: Runtime = make.runtime
    async with runtime.database.reading(workspace_id) as session:
        invite_id = await session.scalar(
            select(PortalInvite.id)
            .where(PortalInvite.contact_id == UUID(str(contact_id)))
            .order_by(PortalInvite.id.desc())
            .limit(1)
        )
    assert invite_id is not None
    return runtime.mint.derive("inv", workspace_id, invite_id)


async def invited_contact(make: Make, coach: Person, **fields: Any) -> tuple[str, str]:
    """A contact with a pending invitation: its id and the mailed token."""
    contact = await make.contact(workspace_id=coach.workspace_id, **fields)
    answer = await invite(coach, contact.id)
    assert answer.status_code == 201, answer.text
    return str(contact.id), await mailed_token(make, coach.workspace_id, contact.id)


async def accept(http: httpx.AsyncClient, token: str, **body: Any) -> httpx.Response:
    return await http.post(
        "/v1/public/portal-invites/accept", json={"token": token, "password": PASSWORD, **body}
    )


async def look_up(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/v1/public/portal-invites/lookup", json={"token": token})
