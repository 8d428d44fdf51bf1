"""People and their sign-ins. Global: one user per e-mail address, in any number of practices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, GlobalRecord


class User(GlobalRecord):
    """A person who can sign in."""

    __tablename__ = "users"

    email: Mapped[str]
    email_norm: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    email_verified_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    locale: Mapped[str] = mapped_column(server_default="en")
    photo_etag: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class UserPhoto(Base):
    """A person's picture, small enough to live in its row."""

    __tablename__ = "user_photos"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    content_type: Mapped[str]
    content: Mapped[bytes]


class LoginSession(GlobalRecord):
    """One signed-in device: a family of rotating refresh tokens, bound to one space at a time."""

    __tablename__ = "login_sessions"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    workspace_id: Mapped[UUID | None]
    side: Mapped[str | None]
    user_agent: Mapped[str | None]
    ip: Mapped[str | None]
    last_used_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshToken(GlobalRecord):
    """One link of a session's chain; used once, kept to notice a second use."""

    __tablename__ = "refresh_tokens"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("login_sessions.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class UserToken(GlobalRecord):
    """A mailed single-use token: magic link, password reset, verification, e-mail change."""

    __tablename__ = "user_tokens"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('magic_link', 'password_reset', 'email_verification', 'email_change')",
            name="purpose",
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str]
    expires_at: Mapped[datetime]
    consumed_at: Mapped[datetime | None]


class Space(Base):
    """A user's place in one practice: as a member of its team, or as a client."""

    __tablename__ = "spaces"
    __table_args__ = (
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("role IN ('owner', 'coach', 'assistant', 'client')", name="role"),
        CheckConstraint("(side = 'client') = (role = 'client')", name="side_fits_role"),
        CheckConstraint("(side = 'client') = (contact_id IS NOT NULL)", name="client_has_contact"),
        CheckConstraint("(side = 'member') = (member_id IS NOT NULL)", name="member_has_member"),
    )

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    member_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class WorkspaceListing(Base):
    """A practice's name and slug, known across practices: slugs are unique everywhere."""

    __tablename__ = "workspace_directory"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
