"""Comments on notes through the API, as most of these tests begin."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import httpx
import time_machine

from app.core.clock import now
from tests.features.notes.writing import Pair, base, write_by
from tests.make import Person
from tests.post_office import PostOffice

LATER = 5 * 60
"""Seconds until comments are mailed."""


async def shared_note(people: Pair, **fields: Any) -> dict[str, Any]:
    """A note of the coach's that the client reads, too."""
    return await write_by(people.coach, people, share=True, **fields)


def thread(person: Person, note: dict[str, Any]) -> str:
    return f"{base(person)}/{note['id']}/comments"


async def try_to_say(person: Person, note: dict[str, Any], body: str = "Hm.") -> httpx.Response:
    return await person.http.post(thread(person, note), json={"body": body})


async def say(person: Person, note: dict[str, Any], body: str) -> dict[str, Any]:
    answer = await try_to_say(person, note, body)
    assert answer.status_code == 201, answer.text
    comment: dict[str, Any] = answer.json()
    return comment


async def heard(person: Person, note: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    """What a person finds in the thread, in order."""
    answer = await person.http.get(thread(person, note), params=query)
    assert answer.status_code == 200, answer.text
    comments: list[dict[str, Any]] = answer.json()["data"]
    return comments


def one(person: Person, comment: dict[str, Any]) -> str:
    return f"/v1/{'portal/' if person.contact_id else ''}comments/{comment['id']}"


async def put_differently(person: Person, comment: dict[str, Any], body: str) -> httpx.Response:
    return await person.http.patch(one(person, comment), json={"body": body})


async def take_back(person: Person, comment: dict[str, Any]) -> httpx.Response:
    return await person.http.delete(one(person, comment))


async def delivered_later(post_office: PostOffice, *, times: int = 1) -> list[EmailMessage]:
    """What is sent once the wait for further comments is over (or several times as long)."""
    with time_machine.travel(now() + timedelta(seconds=times * LATER)):
        return await post_office.deliver()
