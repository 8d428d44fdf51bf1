"""The letter that gathers what somebody chose to be told once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.letters import Action, Letter, Recipient
from app.features.preferences.catalogue import GROUPS, TOPICS
from app.features.preferences.leaving import DAILY_DIGEST

TEMPLATE = "preferences/daily_digest"
MOST_LINES = 100
"""More are counted only; some mail programs cut a message of more than 102 KB."""

PLACES = {name: place for place, name in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a digest: what the letter it stands for is about, and where its button leads.

    By its event it is found again when what it tells is taken back.
    """

    event_id: UUID
    topic: str
    title: str
    summary: str
    path: str | None


def daily_digest(to: Recipient, items: Sequence[Item]) -> Letter:
    """What happened since the last one, in the groups people know from their preferences."""
    return Letter(
        template=TEMPLATE,
        to=to,
        context={
            "lines": [_line(item) for item in items[:MOST_LINES]],
            "more": max(0, len(items) - MOST_LINES),
        },
        action=Action(label="Open the portal" if to.contact_id else "Open Atrium", path="/"),
        topic=DAILY_DIGEST,
    )


def _line(item: Item) -> dict[str, Any]:
    group = TOPICS[item.topic].group
    return {
        "event_id": item.event_id,
        "place": PLACES[group],
        "group": GROUPS[group],
        "title": item.title,
        "summary": item.summary,
        "path": item.path,
    }
