"""Reading and changing profiles in tests."""

from typing import Any

import httpx

from tests.make import Person

URL, PORTAL_URL = "/v1/profile", "/v1/portal/coach"

EVERYTHING: dict[str, Any] = {
    "display_name": "Maya Berg",
    "headline": "Coach for people who lead",
    "bio": "Twenty years of it.\n\nAnd a dog.",
    "email": "maya@example.test",
    "phone": "+4930123456",
    "website": "https://maya.example.test/about",
    "social_links": {
        "linkedin": "https://de.linkedin.com/in/maya",
        "instagram": "https://www.instagram.com/maya",
        "facebook": "https://www.facebook.com/maya",
        "x": "https://x.com/maya",
        "youtube": "https://youtu.be/maya",
        "tiktok": "https://www.tiktok.com/@maya",
        "website": "http://maya.example.test",
    },
}


async def change(person: Person, **members: Any) -> httpx.Response:
    return await person.http.patch(URL, json=members)


async def profile_of(person: Person) -> dict[str, Any]:
    answer = await person.http.get(URL)
    assert answer.status_code == 200, answer.text
    profile: dict[str, Any] = answer.json()
    return profile


async def seen_by(client: Person) -> dict[str, Any]:
    """What a client sees of their coach."""
    answer = await client.http.get(PORTAL_URL)
    assert answer.status_code == 200, answer.text
    coach: dict[str, Any] = answer.json()
    return coach
