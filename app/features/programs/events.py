"""What happens to programs."""

from dataclasses import dataclass
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Program


def about(program: Program, actor: Actor) -> dict[str, Any]:
    """What an event says of the program it is about and of who did it."""
    return {
        "workspace_id": program.workspace_id,
        "actor": actor,
        "subject_id": program.id,
        "program_name": program.name,
    }


@dataclass(frozen=True, kw_only=True)
class ProgramEvent(DomainEvent):
    """Something happened to a program, which was called so at that time."""

    program_name: str


@dataclass(frozen=True, kw_only=True)
class ProgramCreated(ProgramEvent):
    """There is a new program."""

    type = "program.created"


@dataclass(frozen=True, kw_only=True)
class ProgramUpdated(ProgramEvent):
    """Some of a program's fields have other values now."""

    type = "program.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProgramPublished(ProgramEvent):
    """A program is open for enrollments."""

    type = "program.published"


@dataclass(frozen=True, kw_only=True)
class ProgramArchived(ProgramEvent):
    """A program takes nobody new; whoever is enrolled goes on."""

    type = "program.archived"


@dataclass(frozen=True, kw_only=True)
class ProgramDeleted(ProgramEvent):
    """A program nobody ever enrolled in is gone."""

    type = "program.deleted"
