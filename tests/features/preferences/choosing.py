"""Wishes about mail, made through the API."""

from typing import Any

import httpx

from tests.features.goals import aiming
from tests.features.notes.writing import Pair
from tests.make import Person

PREFERENCES = "/v1/me/notification-preferences"


async def choose(person: Person, **choices: str | None) -> httpx.Response:
    """Choose for some events; `goal__created` stands for `goal.created`."""
    named = {name.replace("__", "."): choice for name, choice in choices.items()}
    answer = await person.http.patch(PREFERENCES, json={"choices": named})
    assert answer.status_code == 200, answer.text
    return answer


async def preferences(person: Person) -> dict[str, dict[str, Any]]:
    """What a person's list says, by event type."""
    answer = await person.http.get(PREFERENCES)
    assert answer.status_code == 200, answer.text
    groups = answer.json()["groups"]
    return {one["type"]: one for group in groups for one in group["preferences"]}


async def chosen(person: Person, event_type: str) -> str:
    """What a person's list says of one event."""
    choice: str = (await preferences(person))[event_type]["choice"]
    return choice


async def aim(author: Person, people: Pair, **fields: Any) -> dict[str, Any]:
    """A goal for the client, set by either of the two."""
    return await aiming.aim(author, aiming.Pair(people.coach, people.client), **fields)
