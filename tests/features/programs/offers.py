"""Programs and appointment types, made as a coach makes them."""

from typing import Any

from tests.make import Person


async def appointment_type(coach: Person, **fields: Any) -> str:
    """The id of a new appointment type."""
    body = {"name": "Session", "duration_minutes": 60, **fields}
    answer = await coach.http.post("/v1/appointment-types", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def program(coach: Person, **fields: Any) -> dict[str, Any]:
    """A new program, published unless `status` says otherwise."""
    body = {"name": "Find your voice", "status": "published", **fields}
    answer = await coach.http.post("/v1/programs", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def program_with_sessions(coach: Person, sessions: int = 8, **fields: Any) -> dict[str, Any]:
    """A program that grants so many sessions of one new appointment type."""
    type_id = await appointment_type(coach)
    grants = [{"appointment_type_id": type_id, "sessions": sessions}]
    return await program(coach, appointment_types=grants, **fields)
