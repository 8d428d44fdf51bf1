"""Working hours made through the API, as most of these tests begin."""

from typing import Any

from tests.make import Person

BERLIN = "Europe/Berlin"


def weekdays(*hours: str, days: range = range(5)) -> list[dict[str, Any]]:
    """`weekdays("09:00-17:00")`: rules for Monday to Friday."""
    return [{"weekday": day, "intervals": intervals(*hours)} for day in days]


def intervals(*hours: str) -> list[dict[str, str]]:
    return [dict(zip(("start", "end"), each.split("-"), strict=True)) for each in hours]


async def add_schedule(coach: Person, **fields: Any) -> dict[str, Any]:
    """A schedule of nine to five on weekdays in Berlin, unless the fields say otherwise."""
    body = {"name": "Office", "time_zone": BERLIN, "rules": weekdays("09:00-17:00"), **fields}
    answer = await coach.http.post("/v1/schedules", json=body)
    assert answer.status_code == 201, answer.text
    schedule: dict[str, Any] = answer.json()
    return schedule


async def add_type(coach: Person, **fields: Any) -> dict[str, Any]:
    """An hour-long session, offered each hour, unless the fields say otherwise."""
    body = {"name": "Session", "duration_minutes": 60, **fields}
    answer = await coach.http.post("/v1/appointment-types", json=body)
    assert answer.status_code == 201, answer.text
    added: dict[str, Any] = answer.json()
    return added
