"""What happens to contacts."""

from dataclasses import dataclass

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ContactCreated(DomainEvent):
    """Somebody was added to the CRM."""

    type = "contact.created"

    source: str | None
