"""Uploading pictures in tests."""

from typing import Any

import httpx

from tests.make import Person
from tests.pictures import png


async def upload(person: Person, content: bytes | None = None, **headers: str) -> httpx.Response:
    return await person.http.post(
        "/v1/images", content=content or png(), headers={"Content-Type": "image/png", **headers}
    )


async def uploaded(person: Person, content: bytes | None = None) -> dict[str, Any]:
    """A picture of the person's practice."""
    answer = await upload(person, content)
    assert answer.status_code == 201, answer.text
    image: dict[str, Any] = answer.json()
    return image


def path_of(image: dict[str, Any]) -> str:
    """The path of the picture's public address."""
    return httpx.URL(image["url"]).path
