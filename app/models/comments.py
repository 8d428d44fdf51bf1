"""What both sides say about the things they share."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

SUBJECT_KINDS = ("note", "goal", "assignment", "file")


class Comment(TenantRecord):
    """One comment on a note, goal, assignment or file, in the thread of one contact.

    `subject_id` has no foreign key: whoever deletes the subject deletes its comments too.
    `internal` ones were written while only their side saw the subject, and stay there.
    `author_id` is a member of the team, None for the client and for an integration. A deleted
    comment keeps its row without its words. `mailed_at` is when the other side was told,
    `seen_at` when they read it.
    """

    __tablename__ = "comments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint(
            "subject_kind IN ('note', 'goal', 'assignment', 'file')", name="subject_kind"
        ),
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("side = 'member' OR author_id IS NULL", name="author_id"),
        Index(
            "comments_by_subject_idx",
            "workspace_id",
            "subject_kind",
            "subject_id",
            "contact_id",
            "id",
        ),
        Index("comments_by_contact_idx", "workspace_id", "contact_id"),
    )

    contact_id: Mapped[UUID]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    side: Mapped[str]
    author_id: Mapped[UUID | None]
    body: Mapped[str]
    body_html: Mapped[str]
    internal: Mapped[bool] = mapped_column(server_default=text("false"))
    event_id: Mapped[UUID | None]
    mailed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
