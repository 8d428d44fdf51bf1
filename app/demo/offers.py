"""What the demo's coach offers: her hours, kinds of appointment, and programs with clients."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.demo.visitor import Visitor

HOURS = [
    {"start": "09:00", "end": "12:30"},
    {"start": "13:30", "end": "17:30"},
]
COACHING: dict[str, Any] = {
    "name": "Coaching session",
    "duration_minutes": 50,
    "slot_interval_minutes": 30,
    "buffer_after_minutes": 10,
    "min_notice_minutes": 120,
    "max_advance_days": 60,
    "max_per_day": 6,
    "cancel_notice_minutes": 1440,
    "reschedule_notice_minutes": 720,
    "max_reschedules": 2,
    "location": {"kind": "video", "value": "https://meet.example/maya"},
}
EVENINGS = [{"weekday": day, "intervals": [{"start": "18:00", "end": "20:30"}]} for day in (1, 3)]
CIRCLE: dict[str, Any] = {
    "name": "Leadership circle",
    "duration_minutes": 90,
    "capacity": 6,
    "location": {"kind": "in_person", "value": "Hafenstraße 12, Hamburg"},
}
CALL: dict[str, Any] = {
    "name": "Short call",
    "duration_minutes": 20,
    "slot_interval_minutes": 30,
    "min_notice_minutes": 60,
    "requires_confirmation": True,
    "credit_cost": 0,
    "location": {"kind": "phone"},
}
HOLIDAY = timedelta(weeks=3)
DESCRIPTION = """Twelve weeks to lead with a clear head.

- eight one-to-one sessions
- two evenings in the **leadership circle**
- a short call whenever something is urgent
"""
READER = """# Before we begin

Bring one situation you would like to see end differently.
"""
BROUGHT: dict[str, Any] = {
    "goals": [
        {
            "title": "Lead one meeting a week without notes",
            "due_after_days": 84,
            "milestones": [
                {"title": "The agenda is one line", "due_after_days": 14},
                {"title": "Somebody else speaks first", "due_after_days": 42},
            ],
        }
    ],
    "assignments": [
        {
            "title": "Three moments you were proud of",
            "instructions": "A sentence each. *No* modesty.",
            "due_after_days": 7,
        }
    ],
}
"""What the running program brings along for everybody in it."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The kinds of appointment, and who is enrolled: contact id → enrollment id."""

    coaching: str
    circle: str
    call: str
    enrolled: dict[str, str]


async def make_offers(visitor: Visitor, clients: list[str]) -> Offers:
    """Hours, types and programs; half of the clients are in one, others are invited."""
    weekdays = [{"weekday": day, "intervals": HOURS} for day in range(5)]
    hours = await _schedule(visitor, "Weekdays", weekdays)
    evenings = await _schedule(visitor, "Circle evenings", EVENINGS)
    day_off = (now() + HOLIDAY).date()
    await visitor.put(f"/v1/schedules/{hours}/overrides/{day_off}", {"intervals": []})
    coaching = (await visitor.post("/v1/appointment-types", COACHING))["id"]
    circle = await visitor.post("/v1/appointment-types", {**CIRCLE, "schedule_id": evenings})
    call = (await visitor.post("/v1/appointment-types", CALL))["id"]
    kinds = coaching, circle["id"], call
    running = await visitor.post("/v1/programs", _program("quick_start", *kinds))
    open_one = await visitor.post("/v1/programs", _program("sign_up", *kinds))
    await _bring_along(visitor, running["id"])
    half = len(clients) // 2
    enrolled = await _enrol(visitor, running["id"], clients[:half])
    await _enrol(visitor, open_one["id"], clients[half : half + 3])
    return Offers(*kinds, enrolled)


async def _bring_along(visitor: Visitor, program_id: str) -> None:
    """Goals and assignments for everybody in the program, and a text they all may read."""
    shown = {"name": "Before we begin.md", "program_id": program_id}
    await visitor.upload("/v1/files", READER, shown)
    await visitor.put(f"/v1/programs/{program_id}/templates", BROUGHT)


async def _schedule(visitor: Visitor, name: str, rules: list[dict[str, Any]]) -> str:
    body = {"name": name, "time_zone": "Europe/Berlin", "rules": rules}
    return str((await visitor.post("/v1/schedules", body))["id"])


def _program(mode: str, coaching: str, circle: str, call: str) -> dict[str, Any]:
    quick = mode == "quick_start"
    return {
        "name": "Leading with a clear head" if quick else "Ninety days to a new role",
        "description": DESCRIPTION,
        "status": "published",
        "duration_weeks": 12,
        "price": {"amount_minor": 0 if quick else 180_000, "currency": "EUR"},
        "enrollment_mode": mode,
        "self_scheduling_enabled": True,
        "appointment_types": [
            {"appointment_type_id": coaching, "sessions": 8, "expires_after_days": 120},
            {"appointment_type_id": circle, "sessions": 2},
            {"appointment_type_id": call, "sessions": 4},
        ],
    }


async def _enrol(visitor: Visitor, program_id: str, contact_ids: list[str]) -> dict[str, str]:
    await visitor.post(
        f"/v1/programs/{program_id}/enrollments",
        {"contact_ids": contact_ids, "message": "I am looking forward to our work."},
    )
    enrolments = await visitor.get("/v1/enrollments", program_id=program_id, limit="100")
    return {one["contact"]["id"]: one["id"] for one in enrolments["data"]}
