"""Invitations to the portal, one by one and in batches."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class PortalInviteBatch(TenantRecord):
    """One bulk invitation; the counts of its items never change after the request."""

    __tablename__ = "portal_invite_batches"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
    )

    created_by: Mapped[UUID | None]
    message: Mapped[str | None]
    total: Mapped[int]
    invited: Mapped[int]
    skipped: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))


class PortalInvite(TenantRecord):
    """One mailed invitation; at most one per contact is pending."""

    __tablename__ = "portal_invites"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "batch_id"],
            ["portal_invite_batches.workspace_id", "portal_invite_batches.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("state IN ('pending', 'accepted', 'revoked', 'replaced')", name="state"),
        UniqueConstraint("workspace_id", "token_hash"),
        Index(
            "portal_invites_one_pending_key",
            "workspace_id",
            "contact_id",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
        Index("portal_invites_by_batch_idx", "workspace_id", "batch_id", "id"),
    )

    contact_id: Mapped[UUID]
    email_norm: Mapped[str]
    token_hash: Mapped[bytes]
    state: Mapped[str] = mapped_column(server_default="pending")
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    event_id: Mapped[UUID]
    batch_id: Mapped[UUID | None]


class PortalInviteBatchItem(TenantRecord):
    """What became of one contact of a batch: invited, or why not."""

    __tablename__ = "portal_invite_batch_items"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "batch_id"],
            ["portal_invite_batches.workspace_id", "portal_invite_batches.id"],
            ondelete="CASCADE",
        ),
        Index("portal_invite_batch_items_batch_idx", "workspace_id", "batch_id", "id"),
    )

    batch_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    result: Mapped[str]
    event_id: Mapped[UUID | None]
