"""What happens to contacts."""

from dataclasses import dataclass
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Contact


def about(contact: Contact, actor: Actor) -> dict[str, Any]:
    """What an event says of the contact it is about and of who did it."""
    return {
        "workspace_id": contact.workspace_id,
        "actor": actor,
        "contact_id": contact.id,
        "subject_id": contact.id,
    }


@dataclass(frozen=True, kw_only=True)
class ContactCreated(DomainEvent):
    """Somebody was added to the CRM."""

    type = "contact.created"

    source: str | None


@dataclass(frozen=True, kw_only=True)
class ContactUpdated(DomainEvent):
    """Some of a contact's fields have other values now.

    `invite_revoked`: their pending invite was bound to an e-mail address that is no longer theirs.
    """

    type = "contact.updated"

    changed: tuple[str, ...]
    invite_revoked: bool


@dataclass(frozen=True, kw_only=True)
class ContactArchived(DomainEvent):
    """A contact was put aside; a pending invite of theirs was taken back."""

    type = "contact.archived"

    invite_revoked: bool


@dataclass(frozen=True, kw_only=True)
class ContactUnarchived(DomainEvent):
    """A contact is back among the others."""

    type = "contact.unarchived"


@dataclass(frozen=True, kw_only=True)
class ContactDeleted(DomainEvent):
    """A contact is gone for good."""

    type = "contact.deleted"

    name: str
