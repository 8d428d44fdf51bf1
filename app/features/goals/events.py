"""What happens to goals; `side` is that of whoever did it, and the other one is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.models import Goal
from app.repositories.audiences import Side


def about(goal: Goal, actor: Actor, side: Side) -> dict[str, Any]:
    """What an event says of the goal it is about and of who did it."""
    return {
        "workspace_id": goal.workspace_id,
        "actor": actor,
        "contact_id": goal.contact_id,
        "subject_id": goal.id,
        "side": side,
        "title": goal.title,
    }


@dataclass(frozen=True, kw_only=True)
class GoalEvent(DomainEvent):
    """Something about a goal, done by the team (`member`) or the client (`client`)."""

    side: Side
    title: str


@dataclass(frozen=True, kw_only=True)
class GoalCreated(GoalEvent):
    """A goal was set; `by_program`: the client reads of it in the enrollment's letter."""

    type = "goal.created"

    due_on: date | None
    by_program: bool = False


@dataclass(frozen=True, kw_only=True)
class GoalEdited(GoalEvent):
    """A goal, its milestones or its progress changed; recorded at once, and told later."""

    type = "goal.edited"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoalUpdated(GoalEvent):
    """All that one side changed within some minutes: what the other is told of, in one go."""

    type = "goal.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoalCompleted(GoalEvent):
    """A goal was reached."""

    type = "goal.completed"


@dataclass(frozen=True, kw_only=True)
class MilestoneCompleted(GoalEvent):
    """A step towards a goal was made."""

    type = "milestone.completed"

    milestone_id: UUID
    milestone: str


@dataclass(frozen=True, kw_only=True)
class GoalDueSoon(GoalEvent):
    """A goal is due tomorrow and not reached yet."""

    type = "goal.due_soon"

    due_on: date


@dataclass(frozen=True, kw_only=True)
class GoalDeleted(GoalEvent):
    """A goal is gone, with its milestones, check-ins and comments."""

    type = "goal.deleted"
