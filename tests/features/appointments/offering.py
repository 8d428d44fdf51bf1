"""What coaches offer, made through the API, and how it is looked up."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.features.availability.working import add_schedule, add_type, weekdays
from tests.make import Person


async def offer(
    coach: Person, *hours: str, time_zone: str = "Europe/Berlin", **terms: Any
) -> dict[str, Any]:
    """A type offered every day in these hours, nine to twelve unless given."""
    rules = weekdays(*(hours or ("09:00-12:00",)), days=range(7))
    await add_schedule(coach, time_zone=time_zone, rules=rules)
    return await add_type(coach, **terms)


async def slots_on(
    coach: Person, offered: dict[str, Any], first: str, until: str, **query: Any
) -> dict[str, list[str]]:
    """The starts of each day, as the clock of the answer's zone shows them."""
    answer = await coach.http.get(
        "/v1/slots",
        params={"appointment_type_id": offered["id"], "from": first, "to": until, **query},
    )
    assert answer.status_code == 200, answer.text
    return by_day(answer.json())


def by_day(answer: dict[str, Any]) -> dict[str, list[str]]:
    """The days of a slots answer, each start as the clock of its zone shows it."""
    zone = ZoneInfo(answer["time_zone"])
    return {
        day["date"]: [local(slot["starts_at"], zone) for slot in day["slots"]]
        for day in answer["days"]
    }


def local(instant: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).strftime("%H:%M")
