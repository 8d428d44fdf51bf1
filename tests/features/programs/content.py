"""Programs that bring something along."""

from typing import Any

from tests.features.programs.offers import program
from tests.make import Person

GOALS: list[dict[str, Any]] = [
    {
        "title": "Speak up",
        "description": "In *every* meeting",
        "due_after_days": 84,
        "target": {"start": 0, "target": 12, "unit": "meetings"},
        "milestones": [
            {"title": "Once", "due_after_days": 7},
            {"title": "Twice", "due_after_days": None},
        ],
    },
    {"title": "Sleep well"},
]
ASSIGNMENTS: list[dict[str, Any]] = [
    {"title": "Three moments", "instructions": "*Short* ones", "due_after_days": 7},
    {"title": "Your week"},
]


def templates(made: dict[str, Any]) -> str:
    return f"/v1/programs/{made['id']}/templates"


async def bring(coach: Person, made: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Let a program bring this along."""
    body = {"goals": GOALS, "assignments": ASSIGNMENTS, **fields}
    answer = await coach.http.put(templates(made), json=body)
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def full_program(coach: Person, mode: str = "quick_start", **fields: Any) -> dict[str, Any]:
    """A published program that brings two goals and two assignments along."""
    made = await program(coach, enrollment_mode=mode, **fields)
    await bring(coach, made)
    return made


async def had(person: Person, what: str, **query: Any) -> list[dict[str, Any]]:
    """A person's goals or assignments, the first first."""
    prefix = "/v1/portal" if person.contact_id else "/v1"
    answer = await person.http.get(f"{prefix}/{what}", params=query)
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["data"]))
