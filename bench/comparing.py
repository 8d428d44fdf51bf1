"""Both sides give the same answers, or there is nothing to compare."""

from typing import Any

import httpx

from bench.load import Work
from bench.seeds import Practice
from bench.stage import Server, Stage

NEW = {
    "first_name": "Ada",
    "last_name": "Lovelace",
    "company": "Analytical Engines",
    "tags": ["VIP", "Group 1"],
}
MOVING = ("id", "email", "created_at", "updated_at")
"""Of a new contact: what differs however it is made."""


def compare(stage: Stage, practice: Practice, works: list[Work], *servers: Server) -> None:
    """Ask each server everything once; ends where the answers differ."""
    token = practice.tokens(stage)[0]
    for work in works:
        answers = [_answer(server, work, token) for server in servers]
        if any(answer != answers[0] for answer in answers):
            raise SystemExit(f"bench: the answers to {work.name} differ: {answers}")


def _answer(server: Server, work: Work, token: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    url = server.url + work.paths[0]
    if work.method == "GET":
        return httpx.get(url, headers=headers).raise_for_status().json()
    body = NEW | {"email": f"{work.method}.{server.pid}@example.test"}
    made = httpx.post(url, headers=headers, json=body).raise_for_status().json()
    return {name: value for name, value in made.items() if name not in MOVING}
