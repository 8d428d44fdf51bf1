"""Notes written through the API, as most of these tests begin."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import httpx

from tests.make import Make, Person

COACH_SIDE, PORTAL = "/v1/notes", "/v1/portal/notes"


@dataclass(frozen=True, slots=True)
class Pair:
    """A coach and one of their clients."""

    coach: Person
    client: Person


async def pair(make: Make, **contact: Any) -> Pair:
    """A coach, and a client of theirs with access to the portal."""
    coach = await make.coach()
    contact = {"coach_id": coach.member_id, **contact}
    return Pair(coach, await make.client(workspace_id=coach.workspace_id, **contact))


def base(person: Person) -> str:
    """Where this person's side keeps its notes."""
    return PORTAL if person.contact_id else COACH_SIDE


async def write(
    author: Person, contact_id: UUID | str | None = None, **fields: Any
) -> dict[str, Any]:
    """A note of the author's side; a coach says about whom."""
    body = {"title": "Tuesday", "body": "We talked about *larks*.", **fields}
    if contact_id:
        body["contact_id"] = str(contact_id)
    answer = await author.http.post(base(author), json=body)
    assert answer.status_code == 201, answer.text
    note: dict[str, Any] = answer.json()
    return note


async def write_by(author: Person, people: Pair, **fields: Any) -> dict[str, Any]:
    """A note between the two, by either of them."""
    about = None if author is people.client else people.client.contact_id
    return await write(author, about, **fields)


async def listed(person: Person, **query: Any) -> list[str]:
    """The titles of the notes a person finds, in order."""
    answer = await person.http.get(base(person), params=query)
    assert answer.status_code == 200, answer.text
    return [note["title"] for note in answer.json()["data"]]


async def read(person: Person, note: dict[str, Any]) -> httpx.Response:
    return await person.http.get(f"{base(person)}/{note['id']}")


async def act(person: Person, note: dict[str, Any], verb: str) -> httpx.Response:
    """`share`, `unshare` or `seen`."""
    return await person.http.post(f"{base(person)}/{note['id']}/{verb}")


async def edit(
    person: Person, note: dict[str, Any], if_match: str | None = "*", **fields: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await person.http.patch(f"{base(person)}/{note['id']}", json=fields, headers=headers)


def text_of(message: EmailMessage) -> str:
    """A mail's words for those who read no HTML."""
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")
