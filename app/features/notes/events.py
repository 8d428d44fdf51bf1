"""What happens to notes that are shared; what a side does for itself is nobody's business.

None of these holds a word of the note: the log outlives the sharing.
"""

from dataclasses import dataclass
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Note


def about(note: Note, actor: Actor) -> dict[str, Any]:
    """What an event says of the note it is about and of who did it."""
    return {
        "workspace_id": note.workspace_id,
        "actor": actor,
        "contact_id": note.contact_id,
        "subject_id": note.id,
        "side": note.side,
    }


@dataclass(frozen=True, kw_only=True)
class NoteEvent(DomainEvent):
    """Something about a note of the team's (`member`) or of the client's (`client`)."""

    side: str


@dataclass(frozen=True, kw_only=True)
class NoteShared(NoteEvent):
    """The other side may read it from now on."""

    type = "note.shared"


@dataclass(frozen=True, kw_only=True)
class NoteUnshared(NoteEvent):
    """The other side may not read it any longer."""

    type = "note.unshared"


@dataclass(frozen=True, kw_only=True)
class NoteUpdated(NoteEvent):
    """A note that both sides see says something else now."""

    type = "note.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoteDeleted(NoteEvent):
    """A note that both sides saw is gone, and its comments with it."""

    type = "note.deleted"
