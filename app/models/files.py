"""Files of either side, their versions, whom they are shared with, and what they hang on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, TenantRecord

FILE_STATES = ("pending", "scanning", "available", "infected", "rejected", "deleted")
STATES = "state IN ('pending', 'scanning', 'available', 'infected', 'rejected', 'deleted')"
ATTACHED_TO = ("note", "comment", "goal", "assignment", "submission", "form_response")


class File(TenantRecord):
    """A file of the team's (`member`) or of the client's own (`client`, who is `contact_id`).

    `current_number` is the version that is shown, 0 while none is available; `state` is that
    version's, else the latest one's. `author_id` is the member of the team who uploaded it first,
    None for the client and for an integration.
    """

    __tablename__ = "files"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("(side = 'client') = (contact_id IS NOT NULL)", name="contact_id"),
        CheckConstraint("side = 'member' OR author_id IS NULL", name="author_id"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint("current_number BETWEEN 0 AND latest_number", name="current_number"),
        Index("files_by_name_idx", "workspace_id", "sort_name", "id"),
        Index("files_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    side: Mapped[str]
    contact_id: Mapped[UUID | None]
    author_id: Mapped[UUID | None]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="pending")
    current_number: Mapped[int] = mapped_column(Integer, server_default="0")
    latest_number: Mapped[int] = mapped_column(Integer, server_default="0")
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    sort_name: Mapped[str] = mapped_column(Computed("lower(name)", persisted=True))


class FileVersion(TenantRecord):
    """What a file held from one upload to the next; sizes in bytes, `width` and `height` pixels.

    `number` is given once all of it has arrived. `storage_key` names the object,
    `thumbnail_key` its small picture once there is one. `refusal` tells why a version is infected
    or rejected.
    """

    __tablename__ = "file_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "file_id"], ["files.workspace_id", "files.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint(STATES, name="state"),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("workspace_id", "file_id", "number"),
        Index(
            "file_versions_pending_idx",
            "workspace_id",
            "id",
            postgresql_where=text("state = 'pending'"),
        ),
    )

    file_id: Mapped[UUID]
    number: Mapped[int | None] = mapped_column(Integer)
    author_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="pending")
    refusal: Mapped[str | None]
    storage_key: Mapped[str]
    thumbnail_key: Mapped[str | None]
    media_type: Mapped[str] = mapped_column(server_default="application/octet-stream")
    size: Mapped[int] = mapped_column(server_default="0")
    sha256: Mapped[str] = mapped_column(server_default="")
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)


class FileShare(TenantRecord):
    """A file shown to the other side: to one contact, or to all clients of a program.

    A client's file is shared between that client and the team: `contact_id` is the client's.
    `announced_at` is when the event told of it; before that the file waits for its scan.
    """

    __tablename__ = "file_shares"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "file_id"], ["files.workspace_id", "files.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("num_nonnulls(contact_id, program_id) = 1", name="target"),
        UniqueConstraint("workspace_id", "file_id", "contact_id"),
        UniqueConstraint("workspace_id", "file_id", "program_id"),
        Index("file_shares_by_contact_idx", "workspace_id", "contact_id", "file_id"),
        Index("file_shares_by_program_idx", "workspace_id", "program_id", "file_id"),
    )

    file_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]
    program_id: Mapped[UUID | None]
    announced_at: Mapped[datetime | None]


class FileAttachment(TenantRecord):
    """A file that hangs on a note, an assignment...; the other side sees it while `shared`.

    `subject_id` has no foreign key: whoever deletes the subject detaches its files.
    """

    __tablename__ = "file_attachments"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "file_id"], ["files.workspace_id", "files.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(
            "subject_kind IN"
            " ('note', 'comment', 'goal', 'assignment', 'submission', 'form_response')",
            name="subject_kind",
        ),
        UniqueConstraint(
            "workspace_id",
            "subject_kind",
            "subject_id",
            "contact_id",
            "file_id",
            name="file_attachments_subject_key",
        ),
        Index("file_attachments_by_file_idx", "workspace_id", "file_id"),
        Index(
            "file_attachments_shared_idx",
            "workspace_id",
            "contact_id",
            "file_id",
            postgresql_where=text("shared"),
        ),
    )

    file_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    shared: Mapped[bool] = mapped_column(server_default=text("false"))


class FileUsage(Base):
    """How many bytes of files a practice keeps; its row is the lock that keeps the quota."""

    __tablename__ = "file_usage"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(server_default="0")
