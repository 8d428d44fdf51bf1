"""What happens to forms themselves; `response_events.py` has what clients do with them."""

from dataclasses import dataclass
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Form


def about(form: Form, actor: Actor) -> dict[str, Any]:
    """What an event says of the form it is about and of who did it."""
    return {
        "workspace_id": form.workspace_id,
        "actor": actor,
        "subject_id": form.id,
        "title": form.title,
    }


@dataclass(frozen=True, kw_only=True)
class FormEvent(DomainEvent):
    """Something about a form of the practice's."""

    title: str


@dataclass(frozen=True, kw_only=True)
class FormCreated(FormEvent):
    """A form was begun."""

    type = "form.created"


@dataclass(frozen=True, kw_only=True)
class FormUpdated(FormEvent):
    """Its draft says something else now; whoever was asked before sees nothing of it."""

    type = "form.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FormPublished(FormEvent):
    """It has a new version, which is what clients get from now on."""

    type = "form.published"

    number: int


@dataclass(frozen=True, kw_only=True)
class FormArchived(FormEvent):
    """It is sent to nobody any longer."""

    type = "form.archived"


@dataclass(frozen=True, kw_only=True)
class FormUnarchived(FormEvent):
    """It can be sent again."""

    type = "form.unarchived"


@dataclass(frozen=True, kw_only=True)
class FormDeleted(FormEvent):
    """It is gone; nobody had ever been asked to fill it in."""

    type = "form.deleted"
