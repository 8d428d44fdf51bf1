"""A practice whose coach keeps a calendar on a server of the test's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from app.core.outbound import Outbound, resolve
from tests.make import Make, Person
from tests.post_office import PostOffice
from tests.web_server import WebServer

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""A Tuesday."""


@dataclass
class Office:
    """The coach, the server with the calendar, and the dispatcher that may reach it."""

    coach: Person
    web: WebServer
    post: PostOffice
    calendar: dict[str, Any] = field(default_factory=dict)

    async def connect(self, **body: Any) -> dict[str, Any]:
        """Connect the server's calendar and let it be read."""
        given = {"name": "Private", "url": f"http://calendar.test:{self.web.door[1]}/me.ics"}
        answer = await self.coach.http.post("/v1/external-calendars", json={**given, **body})
        assert answer.status_code == 201, answer.text
        self.calendar = answer.json()
        await self.post.deliver()
        return await self.look()

    async def look(self) -> dict[str, Any]:
        """The calendar as the API shows it now."""
        answer = await self.coach.http.get(f"/v1/external-calendars/{self.calendar['id']}")
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def sync(self) -> dict[str, Any]:
        """Have it read again at once."""
        url = f"/v1/external-calendars/{self.calendar['id']}/sync"
        answer = await self.coach.http.post(url)
        assert answer.status_code == 202, answer.text
        await self.post.deliver()
        return await self.look()


async def open_office(make: Make, web: WebServer) -> Office:
    """A coach with working hours around the clock and one type of appointment, an hour long."""
    coach = await make.coach()
    outbound = Outbound(doors=[web.door], resolver=here)
    post = PostOffice(make.runtime, outbound=outbound)
    return Office(coach, web, post)


async def here(host: str, port: int) -> Sequence[str]:
    """A resolver for whom every name of a test is this machine."""
    return ["127.0.0.1"] if host.endswith(".test") else await resolve(host, port)


async def offer_hours(coach: Person) -> str:
    """Work every day from 8 to 20 UTC and offer sessions of an hour; the type's id."""
    day = [{"start": "08:00", "end": "20:00"}]
    rules = [{"weekday": weekday, "intervals": day} for weekday in range(7)]
    schedule = {"name": "Always", "time_zone": "UTC", "rules": rules}
    _created(await coach.http.post("/v1/schedules", json=schedule))
    offered = {"name": "Session", "duration_minutes": 60}
    made = _created(await coach.http.post("/v1/appointment-types", json=offered))
    return str(made["id"])


async def slots(coach: Person, type_id: str, day: datetime) -> dict[str, Any]:
    """What is free on a day (UTC): the answer, with its hours as `hours`."""
    until = day + timedelta(days=1)
    asked = {"appointment_type_id": type_id, "from": f"{day:%Y-%m-%d}", "to": f"{until:%Y-%m-%d}"}
    answer = await coach.http.get("/v1/slots", params=asked)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    offered = [slot["starts_at"] for each in body["days"] for slot in each["slots"]]
    return body | {"hours": [datetime.fromisoformat(start).hour for start in offered]}


def _created(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
