"""What the demo's clients want to reach and have to do, and how far they have come."""

from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.demo.people import CLIENT_PASSWORD
from app.demo.visitor import Visitor

RUNNING: dict[str, Any] = {
    "title": "Run ten kilometres by the lake",
    "description": "Slowly is fine.",
    "target": {"start": 0, "target": 10, "unit": "km"},
}
DISTANCES = (3, 4.5, 6)
PROUD = "1. I said no.\n2. I asked first.\n3. I went home at five.\n"
LETTER = {
    "title": "A letter to yourself in a year",
    "instructions": "One page, by hand if you like; a photograph of it will do.",
}


async def set_and_do(visitor: Visitor, clients: list[str]) -> None:
    """A goal of the first client's own with check-ins, an assignment handed in, one for three."""
    client = await visitor.sign_in(clients[0], CLIENT_PASSWORD)
    await _run(visitor, client)
    await _hand_in(visitor, clients[0], client)
    due_at = (now() + timedelta(days=10)).isoformat()
    await visitor.post("/v1/assignments", {**LETTER, "contact_ids": clients[:3], "due_at": due_at})


async def _run(visitor: Visitor, client: dict[str, str]) -> None:
    due_on = (now() + timedelta(days=60)).date().isoformat()
    goal = await visitor.post("/v1/portal/goals", {**RUNNING, "due_on": due_on}, headers=client)
    for weeks_ago, kilometres in zip((3, 2, 1), DISTANCES, strict=True):
        at = (now() - timedelta(weeks=weeks_ago)).isoformat()
        run = {"value": kilometres, "at": at}
        url = f"/v1/portal/goals/{goal['id']}/check-ins"
        await visitor.post(url, run, headers=client)
    comment = {"body": "Ten is close. What would make it easy?"}
    await visitor.post(f"/v1/goals/{goal['id']}/comments", comment)


async def _hand_in(visitor: Visitor, contact_id: str, client: dict[str, str]) -> None:
    """What the program gave them, with a file; the coach has yet to look at it."""
    given = await visitor.get("/v1/assignments", contact_id=contact_id)
    name = {"name": "Proud.md", "share": "false"}
    file = await visitor.upload("/v1/portal/files", PROUD, name, headers=client)
    body = {"text": "It took me a while.", "file_ids": [file["id"]]}
    url = f"/v1/portal/assignments/{given['data'][0]['id']}/submissions"
    await visitor.post(url, body, headers=client)
