"""Files that the demo's coach and her clients hand each other."""

from app.demo.people import CLIENT_PASSWORD
from app.demo.visitor import Visitor

WORKSHEET = """# Seven quiet mornings

Write three lines before you look at a screen. What was on your mind?

| day | three lines |
|-----|-------------|
| 1   |             |
"""
ANSWERS = "day,mood,words\n1,4,Rain. Slept well.\n2,5,Walked to work.\n"
PLAN = "Ask about the move in March; send the reading list after session four.\n"


async def exchange_papers(visitor: Visitor, clients: list[str]) -> None:
    """A worksheet for the first three, a plan for nobody's eyes, and one client's answers."""
    for contact_id in clients[:3]:
        shown = {"name": "Seven quiet mornings.md", "contact_id": contact_id}
        await visitor.upload("/v1/files", WORKSHEET, shown)
    await visitor.upload("/v1/files", PLAN, {"name": "Plan.txt"})
    client = await visitor.sign_in(clients[0], CLIENT_PASSWORD)
    answers = {"name": "My mornings.csv"}
    await visitor.upload("/v1/portal/files", ANSWERS, answers, headers=client)
