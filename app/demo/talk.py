"""What the demo's coach and her clients write down and say to each other."""

from typing import Any

from app.demo.people import CLIENT_PASSWORD
from app.demo.visitor import Visitor

SUMMARY = """We looked at the week behind you.

- You said **no** twice, and nothing broke.
- Next: an hour without the phone, *every morning*.
"""
HUNCH = "Seems tired. Ask about the move, but not first thing."
DIARY = "Slept badly before the review, and it went well all the same."


async def let_them_talk(visitor: Visitor, clients: list[str]) -> None:
    """Notes of both kinds on both sides; the first client answers her coach."""
    for contact_id in clients[:3]:
        shared = {"title": "After our first session", "body": SUMMARY, "share": True}
        note = await visitor.post("/v1/notes", {"contact_id": contact_id, **shared})
        private = {"title": "For next time", "body": HUNCH}
        await visitor.post("/v1/notes", {"contact_id": contact_id, **private})
        if contact_id == clients[0]:
            await _answer(visitor, contact_id, note)


async def _answer(visitor: Visitor, contact_id: str, note: dict[str, Any]) -> None:
    client = await visitor.sign_in(contact_id, CLIENT_PASSWORD)
    thread = f"/v1/portal/notes/{note['id']}/comments"
    await visitor.post(thread, {"body": "The hour works. Mornings are mine now."}, headers=client)
    diary = {"title": "Review week", "body": DIARY}
    await visitor.post("/v1/portal/notes", diary, headers=client)
