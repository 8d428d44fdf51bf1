"""Assignments given through the API, as most of these tests begin."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.make import Make, Person

TEAM, PORTAL = "/v1/assignments", "/v1/portal/assignments"


async def pair(make: Make) -> tuple[Person, Person]:
    """A coach, and a client of theirs with access to the portal."""
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    return coach, client


async def give(coach: Person, contact_ids: Sequence[UUID | None], **fields: Any) -> httpx.Response:
    body = {"title": "Three things", "contact_ids": [str(one) for one in contact_ids], **fields}
    headers = {"Idempotency-Key": uuid4().hex}
    return await coach.http.post(TEAM, json=body, headers=headers)


async def given(coach: Person, client: Person, **fields: Any) -> dict[str, Any]:
    """An assignment for this client."""
    answer = await give(coach, [client.contact_id], **fields)
    assert answer.status_code == 201, answer.text
    [task] = answer.json()["assignments"]
    return dict(task)


def base(person: Person) -> str:
    return PORTAL if person.contact_id else TEAM


async def read(person: Person, task: dict[str, Any]) -> httpx.Response:
    return await person.http.get(f"{base(person)}/{task['id']}")


async def act(person: Person, task: dict[str, Any], verb: str, **body: Any) -> httpx.Response:
    """`submissions`, `return`, `complete`, `cancel`..."""
    return await person.http.post(f"{base(person)}/{task['id']}/{verb}", json=body or None)


async def edit(
    person: Person, task: dict[str, Any], if_match: str | None = "*", **fields: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await person.http.patch(f"{base(person)}/{task['id']}", json=fields, headers=headers)


def readers(mail: Sequence[EmailMessage], *people: Person) -> list[Person]:
    """Who of these people got each letter, in order."""
    return [one for message in mail for one in people if one.email in str(message["to"])]
