"""One example of every event about contracts that writes letters."""

from typing import Any
from uuid import UUID

from app.core.events import Actor

CLIENT, SYSTEM = Actor("client", UUID(int=13)), Actor("system")

NAME = "Ana Lima"
SIGNER: dict[str, Any] = {
    "signer_id": str(UUID(int=3)),
    "role": "client",
    "name": NAME,
    "email": "ana@example.com",
    "contact_id": str(UUID(int=2)),
    "member_id": None,
}
PARTNER = {**SIGNER, "name": "Rui Lima", "email": "rui@example.com", "contact_id": None}
COACH: dict[str, Any] = {
    **SIGNER,
    "role": "coach",
    "name": "Maya Berg",
    "email": "maya@example.com",
    "contact_id": None,
    "member_id": str(UUID(int=22)),
}
TITLE = {"title": "Coaching agreement"}
UNTIL = {"expires_at": "2026-12-10T13:00:00Z"}
MESSAGE = {"message": "Dear Ana,\nhere is what we talked about."}

DATA: dict[str, dict[str, Any]] = {
    "contract.sent": {**TITLE, **UNTIL, **MESSAGE, "due": [SIGNER]},
    "contract.signers_asked": {**TITLE, **UNTIL, "message": None, "due": [PARTNER, COACH]},
    "contract.reminder": {**TITLE, **UNTIL, "due": [SIGNER]},
    "contract.signed": {**TITLE, "signer": NAME, "left": 1},
    "contract.declined": {**TITLE, "signer": NAME, "reason": "The notice is too long.\nSorry!"},
    "contract.not_sent": {**TITLE, "reason": "custom.notice has no value"},
    "contract.voided": {**TITLE, "reason": "The price was wrong.", "due": [SIGNER]},
    "contract.expired": {**TITLE, **UNTIL, "due": [SIGNER]},
    "contract.completed": {**TITLE, "sha256": "ab" * 32, "parties": [SIGNER]},
}

SIGNING = ("contract_sent", "contract_reminder", "contract_completed")

ACTORS = {
    "contract.signers_asked": CLIENT,
    "contract.reminder": SYSTEM,
    "contract.signed": CLIENT,
    "contract.declined": CLIENT,
    "contract.not_sent": SYSTEM,
    "contract.expired": SYSTEM,
    "contract.completed": SYSTEM,
}


def paths(row_id: UUID) -> dict[str, str]:
    """Where the buttons lead."""
    told = ("contract_your_turn", "contract_signed", "contract_declined", "contract_not_sent")
    return {
        **{f"contracts/{name}": "/contracts/sign" for name in SIGNING},
        **{f"contracts/{name}": f"/contracts/{row_id}" for name in told},
    }
