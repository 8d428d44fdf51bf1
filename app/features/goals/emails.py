"""Letters about goals: each side is told what the other did."""

from collections.abc import Sequence
from datetime import date

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
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
    event: RecordedEvent, cast: Cast, template: str, **words: str | date | list[str] | None
) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    by_client = event.data["side"] == "client"
    if contact.shut_out and not by_client:
        return []
    place = f"/contacts/{contact.id}/goals" if by_client else "/goals"
    return [
        Letter(
            template=template,
            to=cast.coach_of(contact).reader if by_client else contact.reader,
            context={
                "author": contact.name if by_client else cast.host(event).name,
                "title": event.data["title"],
                **words,
            },
            action=Action(label="See the goal", path=f"{place}/{event.subject_id}"),
            reply_to=contact.email if by_client else cast.answers_to(contact),
        )
    ]
