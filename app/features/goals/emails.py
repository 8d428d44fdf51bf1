"""Letters about goals: each side is told what the other did."""

from collections.abc import Sequence
from typing import Any

from app.access.correspondence import to_other_side
from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.repositories.casts import Cast

IN_WORDS = {
    "title": "the title",
    "description": "the description",
    "due_on": "the day it is due",
    "target": "the target",
    "enrollment_id": "the program it belongs to",
    "milestones": "the milestones",
    "progress": "the progress",
    "status": "whether it is still pursued",
}
"""What may have changed, as a letter calls it."""


def goal_created(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side of a new goal, unless it came with a program."""
    if event.data.get("by_program"):
        return []
    return _to_other_side(event, cast, "goals/goal_created", due_on=event.data["due_on"])


def goal_updated(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side what changed, in one letter for some minutes."""
    changed = [IN_WORDS.get(name, name) for name in event.data["changed"]]
    return _to_other_side(event, cast, "goals/goal_updated", changed=changed)


def goal_completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side that a goal was reached."""
    return _to_other_side(event, cast, "goals/goal_completed")


def milestone_completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side that a step was made."""
    milestone = event.data["milestone"]
    return _to_other_side(event, cast, "goals/milestone_completed", milestone=milestone)


def goal_due_soon(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client, of a goal that is due tomorrow."""
    return _to_other_side(event, cast, "goals/goal_due_soon", due_on=event.data["due_on"])


def _to_other_side(
    event: RecordedEvent, cast: Cast, template: str, **words: Any
) -> Sequence[Letter]:
    words["title"] = event.data["title"]
    return to_other_side(event, cast, template, label="See the goal", place="goals", **words)
