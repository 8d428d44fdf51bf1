"""What happens to a practice's own fields."""

from dataclasses import dataclass
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import CustomField


def about(field: CustomField, actor: Actor) -> dict[str, Any]:
    """What an event says of the field it is about and of who did it."""
    return {
        "workspace_id": field.workspace_id,
        "actor": actor,
        "subject_id": field.id,
        "key": field.key,
    }


@dataclass(frozen=True, kw_only=True)
class CustomFieldCreated(DomainEvent):
    """Contacts have one more field."""

    type = "custom_field.created"

    key: str


@dataclass(frozen=True, kw_only=True)
class CustomFieldUpdated(DomainEvent):
    """A field looks different, or offers other options."""

    type = "custom_field.updated"

    key: str
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CustomFieldDeleted(DomainEvent):
    """A field is gone, and its values with it."""

    type = "custom_field.deleted"

    key: str
