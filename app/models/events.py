"""The event log, the e-mail outbox and the addresses that must not be written to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

HOUSE = UUID(int=0)
"""Stands in for the workspace where an event belongs to a person only (magic link, reset)."""


class Event(TenantRecord):
    """A fact in the past tense, written in the transaction of its change."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint(
            "actor_kind IN ('member', 'client', 'api_key', 'system')", name="actor_kind"
        ),
        Index("events_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("events_by_type_idx", "workspace_id", "type", "id"),
    )

    type: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class Email(TenantRecord):
    """One e-mail to one person about one event: the outbox."""

    __tablename__ = "emails"
    __table_args__ = (
        CheckConstraint(
            "status IN ('queued', 'sent', 'failed', 'bounced', 'suppressed', 'cancelled', "
            "'switched_off', 'deferred', 'digested')",
            name="status",
        ),
        UniqueConstraint("workspace_id", "event_id", "template", "recipient"),
        Index("emails_by_status_idx", "workspace_id", "status", "id"),
        Index("emails_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    event_id: Mapped[UUID]
    template: Mapped[str]
    recipient: Mapped[str]
    recipient_name: Mapped[str]
    contact_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    context: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    status: Mapped[str] = mapped_column(server_default="queued")
    subject: Mapped[str | None]
    message_id: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    resends: Mapped[int] = mapped_column(server_default="0")
    smtp_reply: Mapped[str | None]
    sent_at: Mapped[datetime | None]


class Suppression(TenantRecord):
    """An address a practice's mail no longer goes to, and why."""

    __tablename__ = "suppressions"
    __table_args__ = (
        CheckConstraint("reason IN ('bounced', 'complained', 'unsubscribed')", name="reason"),
        UniqueConstraint("workspace_id", "email_norm"),
    )

    email_norm: Mapped[str]
    reason: Mapped[str]
    detail: Mapped[str | None]
