"""What happens to files that both sides may see; what a client keeps to themselves is theirs.

None of these holds a file's name: the log outlives the sharing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.models import File


def about(file: File, actor: Actor, *, contact_id: UUID | None = None) -> dict[str, Any]:
    """What an event says of the file it is about, of whom it concerns, and of who did it."""
    return {
        "workspace_id": file.workspace_id,
        "actor": actor,
        "contact_id": contact_id or file.contact_id,
        "subject_id": file.id,
        "side": file.side,
    }


@dataclass(frozen=True, kw_only=True)
class FileEvent(DomainEvent):
    """Something about a file of the team's (`member`) or of the client's (`client`)."""

    side: str


@dataclass(frozen=True, kw_only=True)
class FileUploaded(FileEvent):
    """A version of a file is there to be downloaded; the first one has the number 1."""

    type = "file.uploaded"

    number: int


@dataclass(frozen=True, kw_only=True)
class FileRefused(FileEvent):
    """The virus scanner found something in a version, or could not look at it."""

    type = "file.refused"

    number: int
    state: str


@dataclass(frozen=True, kw_only=True)
class FileUpdated(FileEvent):
    """A file has another name now."""

    type = "file.updated"


@dataclass(frozen=True, kw_only=True)
class FileShared(FileEvent):
    """The contact, or for a client's file the team, sees the file from now on.

    One event for each contact, also where a whole program sees it.
    """

    type = "file.shared"

    share_id: UUID
    program_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class FileUnshared(FileEvent):
    """They do not see it any longer; `program_id` where it was a whole program's clients."""

    type = "file.unshared"

    program_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class FileDeleted(FileEvent):
    """A file is gone, with all its versions."""

    type = "file.deleted"
