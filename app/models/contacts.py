"""People in a practice's CRM."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

PORTAL_STATUSES = ("not_invited", "pending", "active", "disabled")
CONTACT_TYPES = ("lead", "prospect", "client")


def tag_key(tag: str) -> str:
    """The form under which two spellings of a tag are the same tag."""
    return tag.casefold()


def _keys_of_new_tags(context: Any) -> list[str]:
    return [tag_key(tag) for tag in context.get_current_parameters().get("tags") or ()]


class Contact(TenantRecord):
    """A person the practice knows; a client once they have portal access."""

    __tablename__ = "contacts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "coach_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("type IN ('lead', 'prospect', 'client')", name="type"),
        CheckConstraint(
            "portal_status IN ('not_invited', 'pending', 'active', 'disabled')",
            name="portal_status",
        ),
        CheckConstraint("(email IS NULL) = (email_norm IS NULL)", name="email_norm"),
        CheckConstraint("cardinality(tags) = cardinality(tag_keys)", name="tag_keys"),
        UniqueConstraint("workspace_id", "email_norm"),
        UniqueConstraint("workspace_id", "external_id"),
        Index("contacts_by_name_idx", "workspace_id", "sort_name", "id"),
        Index("contacts_by_activity_idx", "workspace_id", "activity", "id"),
        Index("contacts_by_portal_status_idx", "workspace_id", "portal_status", "id"),
        Index("contacts_by_coach_idx", "workspace_id", "coach_id", "id"),
        Index(
            "contacts_search_idx",
            "workspace_id",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index("contacts_tags_idx", "workspace_id", "tag_keys", postgresql_using="gin"),
    )

    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str | None]
    email_norm: Mapped[str | None]
    phone: Mapped[str | None]
    company: Mapped[str | None]
    job_title: Mapped[str | None]
    time_zone: Mapped[str | None]
    type: Mapped[str] = mapped_column(server_default="client")
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    tag_keys: Mapped[list[str]] = mapped_column(
        default=_keys_of_new_tags, server_default=text("'{}'")
    )
    coach_id: Mapped[UUID | None]
    custom_fields: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    external_id: Mapped[str | None]
    source: Mapped[str | None]
    archived_at: Mapped[datetime | None]

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    portal_status: Mapped[str] = mapped_column(server_default="not_invited")
    invited_at: Mapped[datetime | None]
    invite_expires_at: Mapped[datetime | None]
    invite_event_id: Mapped[UUID | None]
    activated_at: Mapped[datetime | None]
    last_active_at: Mapped[datetime | None]

    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    sort_name: Mapped[str] = mapped_column(
        Computed("lower(last_name || ' ' || first_name)", persisted=True)
    )
    activity: Mapped[datetime] = mapped_column(
        Computed("coalesce(last_active_at, to_timestamp(0))", persisted=True)
    )
    search_text: Mapped[str] = mapped_column(
        Computed(
            "lower(first_name || ' ' || last_name || ' ' || coalesce(email, '')"
            " || ' ' || coalesce(company, ''))",
            persisted=True,
        )
    )


class CustomField(TenantRecord):
    """A field the practice defined for its contacts."""

    __tablename__ = "custom_fields"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        CheckConstraint("kind IN ('text', 'number', 'date', 'select', 'boolean')", name="kind"),
        UniqueConstraint("workspace_id", "key"),
    )

    key: Mapped[str]
    label: Mapped[str]
    kind: Mapped[str]
    options: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    position: Mapped[int] = mapped_column(server_default="0")
