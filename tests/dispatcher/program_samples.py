"""One example of every event about programs and enrollments that writes letters."""

from typing import Any
from uuid import UUID

from app.core.events import Actor

CLIENT, OWNER = Actor("client", UUID(int=13)), Actor("member", UUID(int=11))

PROGRAM = {"program_id": str(UUID(int=41)), "program_name": "Find your voice"}
INVITE = {"invite_id": str(UUID(int=3)), "expires_at": "2026-12-10T13:00:00Z"}
NO_INVITE = {"invite_id": None, "expires_at": None}

BROUGHT = {
    "assignments": [
        {"title": "Three moments you were proud of", "due": "2026-12-10T22:59:00Z"},
        {"title": "Your week on one page", "due": None},
    ],
    "goals": [{"title": "Speak up once in every meeting", "due": "2027-02-25"}],
    "files": [f"{n}. Chapter.pdf" for n in range(1, 13)],
}

DATA: dict[str, dict[str, Any]] = {
    "enrollment.invited": {**PROGRAM, **INVITE, "message": "Dear Ana,\nshall we?"},
    "enrollment.activated": {
        **PROGRAM,
        **NO_INVITE,
        "message": "Here we go!",
        "brought": BROUGHT,
    },
    "enrollment.paused": PROGRAM,
    "enrollment.resumed": PROGRAM,
    "enrollment.cancelled": {**PROGRAM, "reason": "We part as friends.\nUntil we meet again."},
    "enrollment.signed_up": {**PROGRAM, "outstanding_steps": ["contract", "schedule"]},
    "enrollment.declined": {**PROGRAM, "reason": "Too far away.\nMaybe next year?"},
    "enrollment.completed": PROGRAM,
    "contact.self_registered": {"program_name": "Find your voice", "known": False},
    "program.sign_up_requested": {
        "program_name": "Find your voice",
        "email": "noa@example.com",
        "name": "Noa Peretz",
        "time_zone": "Asia/Jerusalem",
        "expires_at": "2026-12-10T13:00:00Z",
    },
}

ACTORS = {
    "enrollment.signed_up": CLIENT,
    "enrollment.declined": CLIENT,
    "enrollment.completed": OWNER,
    "contact.self_registered": CLIENT,
    "program.sign_up_requested": Actor("system"),
}


def paths(row_id: UUID, contact_id: UUID) -> dict[str, str]:
    """Where the buttons lead."""
    own_page = f"/enrollments/{row_id}"
    return {
        "programs/enrollment_invited": f"/sign-up/{row_id}",
        "programs/enrollment_activated": own_page,
        "programs/enrollment_paused": own_page,
        "programs/enrollment_resumed": own_page,
        "programs/enrollment_cancelled": own_page,
        "programs/signed_up": own_page,
        "programs/client_signed_up": own_page,
        "programs/enrollment_declined": own_page,
        "programs/enrollment_completed": own_page,
        "programs/self_registered": f"/contacts/{contact_id}",
        "programs/sign_up_confirmation": "/confirm-sign-up",
    }
