"""What people of a practice wish to be told by mail, and what they are told in the app."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

DIGEST_HOUR = 8
"""When the daily digest goes out unless its reader chose another hour of their day."""


class Inbox(TenantRecord):
    """One person's place in a practice; its id is the contact's, or the member's.

    `choices` holds what they chose for some events' letters, by type; `set_aside` what they had
    chosen before one click switched a group off, by group and type. `last_number` is that of
    their newest notification: whoever adds one holds the row's lock until the commit, so numbers
    become visible in their order.
    """

    __tablename__ = "inboxes"
    __table_args__ = (
        CheckConstraint("id = coalesce(contact_id, member_id)", name="holder"),
        CheckConstraint("(contact_id IS NULL) <> (member_id IS NULL)", name="one_holder"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            ondelete="CASCADE",
        ),
        Index("inboxes_by_contact_idx", "workspace_id", "contact_id"),
        Index("inboxes_by_member_idx", "workspace_id", "member_id"),
    )

    contact_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    choices: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    set_aside: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    digest_hour: Mapped[int] = mapped_column(SmallInteger, server_default=str(DIGEST_HOUR))
    last_number: Mapped[int] = mapped_column(server_default="0")


class Notification(TenantRecord):
    """One event told to one person inside the app, in the words of its letter.

    `contact_id` is the client it is about, and goes with them.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "inbox_id"],
            ["inboxes.workspace_id", "inboxes.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("workspace_id", "inbox_id", "number"),
        UniqueConstraint("workspace_id", "inbox_id", "event_id"),
        Index(
            "notifications_unread_idx",
            "workspace_id",
            "inbox_id",
            "number",
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("notifications_by_contact_idx", "workspace_id", "contact_id"),
        Index("notifications_by_event_idx", "workspace_id", "event_id"),
        Index("notifications_by_subject_idx", "workspace_id", "subject_id"),
        Index("notifications_by_age_idx", "created_at"),
    )

    inbox_id: Mapped[UUID]
    number: Mapped[int]
    event_id: Mapped[UUID]
    type: Mapped[str]
    contact_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    title: Mapped[str]
    summary: Mapped[str]
    path: Mapped[str | None]
    read_at: Mapped[datetime | None]
