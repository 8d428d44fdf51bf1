"""Steps of joining a team that several tests take."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select, update

from app.core.clock import now
from app.models import Event, MemberInvite
from tests.make import Make, Person

MEMBERS, INVITES = "/v1/members", "/v1/members/invites"
PUBLIC = "/v1/public/member-invites"
PASSWORD = "larks over the quiet lake"
KIM = "kim@example.test"


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": uuid4().hex}


async def invite(
    owner: Person, email: str = KIM, role: str = "coach", **more: Any
) -> httpx.Response:
    body = {"email": email, "role": role, **more}
    return await owner.http.post(INVITES, json=body, headers=key())


async def resend(owner: Person, invite_id: str) -> httpx.Response:
    return await owner.http.post(f"{INVITES}/{invite_id}/resend", headers=key())


async def invited(
    make: Make, owner: Person, email: str = KIM, role: str = "coach", **more: Any
) -> tuple[str, str]:
    """A pending invitation: its id and the mailed token."""
    answer = await invite(owner, email, role, **{"name": "Kim", **more})
    assert answer.status_code == 201, answer.text
    invite_id: str = answer.json()["id"]
    return invite_id, await mailed_token(make, owner.workspace_id, invite_id)


async def mailed_token(make: Make, workspace_id: UUID, invite_id: str) -> str:
    """The token the invitation's latest mail carries."""
    async with make.runtime.database.reading(workspace_id) as session:
        generation = await session.scalar(
            select(MemberInvite.generation).where(
                MemberInvite.workspace_id == workspace_id, MemberInvite.id == UUID(invite_id)
            )
        )
    assert generation is not None
    return make.runtime.mint.derive("mem", workspace_id, UUID(invite_id), generation)


async def expired(make: Make, owner: Person, **more: Any) -> tuple[str, str]:
    """A pending invitation that is too old: its id and the mailed token."""
    invite_id, token = await invited(make, owner, **more)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        await session.execute(
            update(MemberInvite)
            .where(MemberInvite.id == UUID(invite_id))
            .values(expires_at=now() - timedelta(seconds=1))
        )
    return invite_id, token


async def look_up(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post(f"{PUBLIC}/lookup", json={"token": token})


async def accept(http: httpx.AsyncClient, token: str, **body: Any) -> httpx.Response:
    """Accept by a new account."""
    return await http.post(f"{PUBLIC}/accept", json={"token": token, "password": PASSWORD, **body})


async def change_role(owner: Person, member_id: object, role: str) -> httpx.Response:
    return await owner.http.patch(f"{MEMBERS}/{member_id}", json={"role": role})


async def remove(owner: Person, member_id: object) -> httpx.Response:
    return await owner.http.delete(f"{MEMBERS}/{member_id}")


async def team_of(person: Person, **query: str) -> dict[str, Any]:
    """The team, by name of each member's id."""
    answer = await person.http.get(MEMBERS, params=query)
    assert answer.status_code == 200, answer.text
    return {member["id"]: member for member in answer.json()["data"]}


async def pending(person: Person) -> list[dict[str, Any]]:
    answer = await person.http.get(INVITES)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["data"]
    return rows


async def events(make: Make, workspace_id: UUID, event_type: str) -> list[Event]:
    async with make.runtime.database.reading(workspace_id) as session:
        found = await session.scalars(
            select(Event)
            .where(Event.workspace_id == workspace_id, Event.type == event_type)
            .order_by(Event.id)
        )
        return list(found)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
