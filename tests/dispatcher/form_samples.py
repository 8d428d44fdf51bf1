"""One example of every event about forms that writes letters."""

from typing import Any
from uuid import UUID

from app.core.events import Actor

CLIENT = Actor("client", UUID(int=13))
FORM = {"form_id": str(UUID(int=51)), "title": "Before we begin"}
DUE = {"due_at": "2026-12-10T13:00:00Z"}

DATA: dict[str, dict[str, Any]] = {
    "form.sent": {
        **FORM,
        **DUE,
        "message": "Dear Ana,\nten minutes will do.",
        "invite_id": str(UUID(int=3)),
        "expires_at": "2026-12-10T13:00:00Z",
        "program_name": None,
        "titles": [],
        "told": False,
    },
    "form.reminder": {**FORM, **DUE, "kind": "due_soon"},
    "form.reopened": {**FORM, **DUE, "comment": "Could you say more about sleep?\nThank you!"},
    "form.submitted": {**FORM, "revision": 2, "late": True, "score": 14, "band": "Moderate"},
}

ACTORS = {"form.submitted": CLIENT}


def paths(row_id: UUID, contact_id: UUID) -> dict[str, str]:
    """Where the buttons lead."""
    own_page = f"/forms/{row_id}"
    return {
        "forms/form_sent": own_page,
        "forms/form_reminder": own_page,
        "forms/form_reopened": own_page,
        "forms/form_submitted": f"/contacts/{contact_id}/forms/{row_id}",
    }
