"""What happens to a contact's way into the portal."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from app.core.events import DomainEvent
from app.core.jobs import URGENT


@dataclass(frozen=True, kw_only=True)
class PortalInvited(DomainEvent):
    """A contact was invited, or invited again; `message` is the inviter's own words."""

    type = "portal.invited"
    lane: ClassVar[int] = URGENT

    invite_id: UUID
    expires_at: datetime
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class PortalInviteRevoked(DomainEvent):
    """A pending invitation was taken back."""

    type = "portal.invite_revoked"


@dataclass(frozen=True, kw_only=True)
class PortalActivated(DomainEvent):
    """A contact accepted, and is a client of the portal now."""

    type = "portal.activated"
    lane: ClassVar[int] = URGENT


@dataclass(frozen=True, kw_only=True)
class PortalAccessDisabled(DomainEvent):
    """A client may no longer come in."""

    type = "portal.access_disabled"


@dataclass(frozen=True, kw_only=True)
class PortalAccessEnabled(DomainEvent):
    """A client may come in again."""

    type = "portal.access_enabled"


@dataclass(frozen=True, kw_only=True)
class PortalBatchInvited(DomainEvent):
    """Many contacts were invited at once; each of them has an event of their own as well."""

    type = "portal.batch_invited"

    total: int
    invited: int
