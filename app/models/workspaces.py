"""A practice, its team, its coaches' profiles, its pictures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.models.base import Base, TenantRecord


class Workspace(Base):
    """One coaching practice: the tenant."""

    __tablename__ = "workspaces"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str]
    slug: Mapped[str]
    time_zone: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str] = mapped_column(server_default="USD")
    accent_color: Mapped[str] = mapped_column(server_default="#4f46e5")
    logo_file_id: Mapped[UUID | None]
    email_from_name: Mapped[str | None]
    email_reply_to: Mapped[str | None]
    portal_url: Mapped[str | None]
    invoice_settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Member(TenantRecord):
    """A person on the coach side."""

    __tablename__ = "members"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        CheckConstraint("role IN ('owner', 'coach', 'assistant')", name="role"),
        Index(
            "members_workspace_id_user_id_key",
            "workspace_id",
            "user_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    role: Mapped[str]
    removed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class MemberInvite(TenantRecord):
    """An invitation to join the team, bound to one address."""

    __tablename__ = "member_invites"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "invited_by"], ["members.workspace_id", "members.id"]
        ),
        CheckConstraint("role IN ('owner', 'coach', 'assistant')", name="role"),
        CheckConstraint("state IN ('pending', 'accepted', 'revoked')", name="state"),
        UniqueConstraint("workspace_id", "token_hash"),
        Index(
            "member_invites_workspace_id_email_norm_key",
            "workspace_id",
            "email_norm",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
    )

    email: Mapped[str]
    email_norm: Mapped[str]
    name: Mapped[str | None]
    role: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="pending")
    token_hash: Mapped[bytes]
    generation: Mapped[int] = mapped_column(server_default="1")
    expires_at: Mapped[datetime]
    invited_by: Mapped[UUID]


class CoachProfile(TenantRecord):
    """What a coach shows of themselves, field by field."""

    __tablename__ = "coach_profiles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("workspace_id", "member_id"),
    )

    member_id: Mapped[UUID]
    display_name: Mapped[str]
    headline: Mapped[str | None]
    bio: Mapped[str | None]
    photo_file_id: Mapped[UUID | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    social_links: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    visibility: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Image(TenantRecord):
    """A logo or a portrait, small enough to live in its row; public by its unguessable id."""

    __tablename__ = "images"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
    )

    content_type: Mapped[str]
    content: Mapped[bytes]
    etag: Mapped[str]
