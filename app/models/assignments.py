"""What coaches give clients to do, and what clients hand in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class Assignment(TenantRecord):
    """A task for one contact; `author_id` is the member who gave it, None for an integration.

    `latest_number` is that of the last submission, 0 before the first; `submitted_at` is its
    instant. `return_comment` is what the coach said when they last gave it back. `late_told_at`
    is when the coach was told that it is late. One that a program brought along for an enrollment
    has the `template_id` it was made from, which may be gone.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"], ["enrollments.workspace_id", "enrollments.id"]
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        UniqueConstraint(
            "workspace_id", "enrollment_id", "template_id", name="assignments_one_per_template_key"
        ),
        CheckConstraint(
            "status IN ('assigned', 'submitted', 'returned', 'completed', 'cancelled')",
            name="status",
        ),
        CheckConstraint("(latest_number > 0) = (submitted_at IS NOT NULL)", name="submitted_at"),
        Index("assignments_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("assignments_by_enrollment_idx", "workspace_id", "enrollment_id", "id"),
        Index("assignments_by_status_idx", "workspace_id", "status", "id"),
    )

    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    author_id: Mapped[UUID | None]
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(server_default="")
    instructions_html: Mapped[str] = mapped_column(server_default="")
    due_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(server_default="assigned")
    latest_number: Mapped[int] = mapped_column(Integer, server_default="0")
    submitted_at: Mapped[datetime | None]
    return_comment: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    late_told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Submission(TenantRecord):
    """What a client handed in; each one is kept as it was, under its `number`."""

    __tablename__ = "submissions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignments.workspace_id", "assignments.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("workspace_id", "assignment_id", "number"),
    )

    assignment_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]
    text_html: Mapped[str]
    late: Mapped[bool]
