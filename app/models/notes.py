"""Notes that either side writes about a client's way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class Note(TenantRecord):
    """One side's note about a contact: the team's (`member`) or the client's own (`client`).

    `shared_at` None keeps it to its side. `author_id` is the member of the team who wrote it,
    None for the client and for an integration. `body` is Markdown, `body_html` its rendering,
    sanitised when it was written. `seen_at` is when the other side first read it.
    """

    __tablename__ = "notes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"], ["enrollments.workspace_id", "enrollments.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "appointment_id"], ["appointments.workspace_id", "appointments.id"]
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("side = 'member' OR author_id IS NULL", name="author_id"),
        CheckConstraint("(shared_at IS NULL) = (shared_event_id IS NULL)", name="shared_event_id"),
        Index("notes_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("notes_by_enrollment_idx", "workspace_id", "enrollment_id", "id"),
        Index("notes_by_appointment_idx", "workspace_id", "appointment_id", "id"),
        Index(
            "notes_search_idx",
            "workspace_id",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
    )

    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    appointment_id: Mapped[UUID | None]
    side: Mapped[str]
    author_id: Mapped[UUID | None]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="")
    body_html: Mapped[str] = mapped_column(server_default="")
    shared_at: Mapped[datetime | None]
    shared_event_id: Mapped[UUID | None]
    seen_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    search_text: Mapped[str] = mapped_column(
        Computed("lower(title || ' ' || body)", persisted=True)
    )
