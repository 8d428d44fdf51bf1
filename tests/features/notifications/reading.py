"""Notifications as their reader finds them."""

from typing import Any

from tests.make import Person


def base(person: Person) -> str:
    """Where this person's notifications are."""
    return "/v1/portal/notifications" if person.contact_id else "/v1/notifications"


async def told(person: Person, **query: Any) -> list[dict[str, Any]]:
    """What a person was told, the newest first."""
    answer = await person.http.get(base(person), params=query)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def unread(person: Person) -> int:
    """How many wait to be read."""
    count: int = (await person.http.get(f"{base(person)}/counts")).json()["unread"]
    return count


async def read_all(person: Person, up_to: str) -> int:
    """Read all up to this one; how many are left."""
    answer = await person.http.post(f"{base(person)}/read-all", json={"up_to": up_to})
    assert answer.status_code == 200, answer.text
    left: int = answer.json()["unread"]
    return left
