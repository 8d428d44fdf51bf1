"""What happens in conversations that both sides follow; none of it holds a word said there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.repositories.comment_cards import Thread


def about(thread: Thread, *, comment_id: UUID, workspace_id: UUID, actor: Actor) -> dict[str, Any]:
    """What an event says of the thing commented on, and of who did it."""
    return {
        "workspace_id": workspace_id,
        "actor": actor,
        "contact_id": thread.contact_id,
        "subject_id": thread.subject_id,
        "subject_kind": thread.kind,
        "comment_id": comment_id,
    }


@dataclass(frozen=True, kw_only=True)
class CommentEvent(DomainEvent):
    """Something about a comment; `subject_id` is the note, goal, assignment or file."""

    subject_kind: str
    comment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CommentCreated(CommentEvent):
    """Somebody said something about it."""

    type = "comment.created"


@dataclass(frozen=True, kw_only=True)
class CommentUpdated(CommentEvent):
    """Somebody puts it in other words."""

    type = "comment.updated"


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(CommentEvent):
    """Somebody took back what they had said."""

    type = "comment.deleted"
