"""The demo's coach, and forty contacts in every state of their way into the portal."""

from typing import Any

from app.demo.visitor import Visitor

COACH = {
    "email": "maya@demo.example",
    "password": "lantern over the harbour",
    "name": "Maya Okafor",
    "workspace_name": "Okafor Coaching",
    "time_zone": "Europe/Berlin",
}
CLIENT_PASSWORD = "kettle beside the window"  # noqa: S105 - every demo client's, and no secret
FIRST_NAMES = (
    *("Ada", "Ben", "Chloé", "Dário", "Elif", "Farid", "Grace", "Hugo", "Inês", "Jonas"),
    *("Kenji", "Lea", "Mateo", "Nora", "Omar", "Priya", "Quinn", "Rosa", "Sven", "Tara"),
)
LAST_NAMES = ("Almeida", "Brandt")
COMPANIES = ("Northlight Studio", "Harbour & Co", None, "Tidewater Labs")
TAGS = ("leadership", "career", "wellbeing")
TYPES = ("client", "client", "prospect", "lead")
CONTACTS = 40
PENDING, ACTIVE, DISABLED = range(12, 22), range(22, 36), range(36, CONTACTS)
"""Which of the contacts go how far; the others are not invited yet."""


async def make_practice(visitor: Visitor) -> list[str]:
    """The practice and its contacts; the ids of those who are active clients."""
    await visitor.register(COACH)
    clients = []
    for number in range(CONTACTS):
        contact = await visitor.post("/v1/contacts", _contact(number))
        if number in ACTIVE or number in DISABLED:
            await visitor.accept_invite(contact["id"], CLIENT_PASSWORD)
        if number in DISABLED:
            await visitor.put(f"/v1/contacts/{contact['id']}/portal-access", {"enabled": False})
        if number in ACTIVE:
            clients.append(contact["id"])
    return clients


def _contact(number: int) -> dict[str, Any]:
    return {
        "first_name": FIRST_NAMES[number % 20],
        "last_name": LAST_NAMES[number // 20],
        "email": f"client{number + 1:02d}@demo.example",
        "company": COMPANIES[number % 4],
        "type": TYPES[number % 4] if number < PENDING.start else "client",
        "tags": [TAGS[number % 3]],
        "time_zone": "Europe/Lisbon" if number % 2 else "America/New_York",
        "send_portal_invite": number >= PENDING.start,
    }
