"""Reading and changing a practice's settings in tests."""

from typing import Any

import httpx

from tests.make import Person

ANY = {"If-Match": "*"}
URL = "/v1/workspace"


async def settings_of(person: Person) -> dict[str, Any]:
    answer = await person.http.get(URL)
    assert answer.status_code == 200, answer.text
    settings: dict[str, Any] = answer.json()
    return settings


async def change(person: Person, **members: Any) -> httpx.Response:
    """Change settings, whatever their version."""
    return await person.http.patch(URL, json=members, headers=ANY)
