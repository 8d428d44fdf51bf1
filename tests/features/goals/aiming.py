"""Goals set through the API, as most of these tests begin."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import httpx

from tests.make import Make, Person


@dataclass(frozen=True, slots=True)
class Pair:
    """A coach and one of their clients."""

    coach: Person
    client: Person

    def other(self, person: Person) -> Person:
        return self.client if person is self.coach else self.coach


async def pair(make: Make, **contact: Any) -> Pair:
    """A coach, and a client of theirs with access to the portal."""
    coach = await make.coach()
    contact = {"coach_id": coach.member_id, **contact}
    return Pair(coach, await make.client(workspace_id=coach.workspace_id, **contact))


def base(person: Person) -> str:
    """Where this person's side keeps its goals."""
    return "/v1/portal/goals" if person.contact_id else "/v1/goals"


async def aim(author: Person, people: Pair, **fields: Any) -> dict[str, Any]:
    """A goal for the client, set by either of the two."""
    body = {"title": "Speak in public", **fields}
    if author is people.coach:
        body["contact_id"] = str(people.client.contact_id)
    answer = await author.http.post(base(author), json=body)
    assert answer.status_code == 201, answer.text
    goal: dict[str, Any] = answer.json()
    return goal


async def read(person: Person, goal: dict[str, Any]) -> httpx.Response:
    return await person.http.get(f"{base(person)}/{goal['id']}")


async def act(
    person: Person, goal: dict[str, Any], verb: str, body: dict[str, Any] | None = None
) -> httpx.Response:
    """A POST below the goal: `complete`, `check-ins`, `milestones/{id}/complete`..."""
    return await person.http.post(f"{base(person)}/{goal['id']}/{verb}", json=body)


async def edit(
    person: Person, goal: dict[str, Any], if_match: str | None = "*", **fields: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await person.http.patch(f"{base(person)}/{goal['id']}", json=fields, headers=headers)


async def titles(person: Person, **query: Any) -> list[str]:
    """The titles of the goals a person finds, in order."""
    answer = await person.http.get(base(person), params=query)
    assert answer.status_code == 200, answer.text
    return [goal["title"] for goal in answer.json()["data"]]


async def told(coach: Person, goal: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What the log says of a goal, latest first."""
    log = (await coach.http.get("/v1/events")).json()["data"]
    return [(one["type"], one["data"]) for one in log if one["subject_id"] == goal["id"]]


def text_of(message: EmailMessage) -> str:
    """A mail's words for those who read no HTML."""
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content())
