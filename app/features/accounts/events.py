"""What happens to people's accounts; each is about the user `subject_id`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.events import SYSTEM, DomainEvent
from app.core.jobs import URGENT
from app.models import HOUSE, User


@dataclass(frozen=True, kw_only=True)
class WorkspaceRegistered(DomainEvent):
    """A practice was founded; `subject_id` is the practice's own id."""

    type = "workspace.registered"

    name: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class LinkRequested(DomainEvent):
    """Somebody asked for a link by mail, through `practice_id`'s portal if that is known.

    The event belongs to no practice; the mail wears the looks of this one, which is why `data`
    calls it `workspace_id`.
    """

    lane = URGENT

    token_id: UUID
    expires_at: datetime
    practice_id: UUID | None

    def row(self) -> dict[str, Any]:
        """The event as the columns of its table."""
        row = super().row()
        row["data"]["workspace_id"] = row["data"].pop("practice_id")
        return row


@dataclass(frozen=True, kw_only=True)
class MagicLinkRequested(LinkRequested):
    """Somebody asked to sign in by e-mail."""

    type = "user.magic_link"


@dataclass(frozen=True, kw_only=True)
class PasswordResetRequested(LinkRequested):
    """Somebody forgot the password, or says so."""

    type = "user.password_reset"


@dataclass(frozen=True, kw_only=True)
class EmailVerificationRequested(DomainEvent):
    """The address has yet to be shown to be the person's."""

    type = "user.email_verification"
    lane = URGENT

    token_id: UUID
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class EmailChangeRequested(DomainEvent):
    """The person wants another address, and has yet to confirm it from there."""

    type = "user.email_change_requested"
    lane = URGENT

    token_id: UUID
    new_email: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class EmailChanged(DomainEvent):
    """The person has another address now."""

    type = "user.email_changed"
    lane = URGENT

    old_email: str
    new_email: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(DomainEvent):
    """The person has another password now."""

    type = "user.password_changed"
    lane = URGENT


def about(user: User) -> dict[str, Any]:
    """What events about a person have in common: no practice is concerned."""
    return {"workspace_id": HOUSE, "actor": SYSTEM, "subject_id": user.id}
