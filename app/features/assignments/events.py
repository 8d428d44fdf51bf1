"""What happens to assignments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Assignment


def about(assignment: Assignment, actor: Actor) -> dict[str, Any]:
    """What an event says of the assignment it is about and of who did it."""
    return {
        "workspace_id": assignment.workspace_id,
        "actor": actor,
        "contact_id": assignment.contact_id,
        "subject_id": assignment.id,
        "title": assignment.title,
        "due_at": assignment.due_at,
    }


@dataclass(frozen=True, kw_only=True)
class AssignmentEvent(DomainEvent):
    """Something about a client's assignment, and when it is due (UTC)."""

    title: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class AssignmentAssigned(AssignmentEvent):
    """A client got something to do; `by_program`: they read of it in the enrollment's letter."""

    type = "assignment.assigned"

    by_program: bool = False


@dataclass(frozen=True, kw_only=True)
class AssignmentUpdated(AssignmentEvent):
    """An assignment says something else now, or is due at another time."""

    type = "assignment.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssignmentSubmitted(AssignmentEvent):
    """The client handed something in: their first submission, or a later one."""

    type = "assignment.submitted"

    number: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class AssignmentReturned(AssignmentEvent):
    """The coach gave it back for another try."""

    type = "assignment.returned"


@dataclass(frozen=True, kw_only=True)
class AssignmentCompleted(AssignmentEvent):
    """The coach is content with it."""

    type = "assignment.completed"


@dataclass(frozen=True, kw_only=True)
class AssignmentCancelled(AssignmentEvent):
    """It need not be done any longer."""

    type = "assignment.cancelled"


@dataclass(frozen=True, kw_only=True)
class AssignmentDueSoon(AssignmentEvent):
    """It is due within a day, and was not handed in."""

    type = "assignment.due_soon"


@dataclass(frozen=True, kw_only=True)
class AssignmentLate(AssignmentEvent):
    """It was due, and was not handed in; told once."""

    type = "assignment.late"


@dataclass(frozen=True, kw_only=True)
class AssignmentOverdue(AssignmentEvent):
    """It was due a day ago, and was still not handed in."""

    type = "assignment.overdue"
