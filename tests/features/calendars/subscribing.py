"""Calendar programs, as they subscribe to feeds."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from icalendar import Calendar, Event

from tests.make import Make, Person


async def new_feed(person: Person, **body: Any) -> dict[str, Any]:
    """A feed of this person's own appointments."""
    answer = await person.http.post(_path(person), json=body)
    assert answer.status_code == 201, answer.text
    feed: dict[str, Any] = answer.json()
    return feed


def _path(person: Person) -> str:
    return "/v1/portal/calendar-feeds" if person.contact_id else "/v1/calendar-feeds"


async def revoke(person: Person, feed: dict[str, Any]) -> httpx.Response:
    return await person.http.delete(f"{_path(person)}/{feed['id']}")


async def fetch(make: Make, feed: dict[str, Any], **headers: str) -> httpx.Response:
    """The feed as a program that knows nothing but its address gets it."""
    async with make.anonymous() as program:
        return await program.get(urlsplit(feed["url"]).path, headers=headers)


async def entries(make: Make, feed: dict[str, Any]) -> list[Event]:
    """The appointments in a feed, in order."""
    answer = await fetch(make, feed)
    assert answer.status_code == 200, answer.text
    calendar = Calendar.from_ical(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    assert all(event.errors == [] for event in calendar.events)
    return list(calendar.events)


def starts(events: list[Event]) -> list[datetime]:
    found = [event.start for event in events]
    assert all(isinstance(start, datetime) for start in found)
    return [start for start in found if isinstance(start, datetime)]
