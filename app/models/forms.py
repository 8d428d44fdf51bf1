"""Forms, their versions, who was asked to fill them in, and what they answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class Form(TenantRecord):
    """A form; `definition` is its draft, with the title in it, and `sha256` the draft's digest.

    `latest_number` is that of the last version, 0 before the first, `published_sha256` its digest.
    `field_types` are the types of all fields that were ever published, by id.
    """

    __tablename__ = "forms"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint(
            "(latest_number > 0) = (published_sha256 IS NOT NULL)", name="published_sha256"
        ),
    )

    title: Mapped[str]
    definition: Mapped[dict[str, Any]]
    sha256: Mapped[str]
    latest_number: Mapped[int] = mapped_column(Integer, server_default="0")
    published_sha256: Mapped[str | None]
    field_types: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    author_id: Mapped[UUID | None]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class FormVersion(TenantRecord):
    """What a form was when it was published, under its `number`; never changed."""

    __tablename__ = "form_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "form_id"], ["forms.workspace_id", "forms.id"], ondelete="CASCADE"
        ),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("workspace_id", "form_id", "number"),
    )

    form_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    definition: Mapped[dict[str, Any]]
    sha256: Mapped[str]


class FormResponse(TenantRecord):
    """One contact asked to fill in one version of a form, and how far they are.

    `answers` are what the client writes, seen by the client alone; what was submitted is a
    FormRevision. `revision` is the number of the one being written or just submitted,
    `latest_revision` that of the last one submitted, 0 before. `author_id` is the member who sent
    it, None for a program and an integration.
    """

    __tablename__ = "form_responses"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "form_id"], ["forms.workspace_id", "forms.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "version_id"], ["form_versions.workspace_id", "form_versions.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("status IN ('draft', 'submitted', 'reviewed', 'cancelled')", name="status"),
        CheckConstraint("latest_revision BETWEEN 0 AND revision", name="latest_revision"),
        CheckConstraint(
            "status NOT IN ('submitted', 'reviewed') OR latest_revision = revision",
            name="submitted_revision",
        ),
        UniqueConstraint(
            "workspace_id", "enrollment_id", "form_id", name="form_responses_one_per_enrollment_key"
        ),
        Index(
            "form_responses_one_open_key",
            "workspace_id",
            "form_id",
            "contact_id",
            unique=True,
            postgresql_where=text("status = 'draft' AND revision = 1 AND enrollment_id IS NULL"),
        ),
        Index("form_responses_by_form_idx", "workspace_id", "form_id", "id"),
        Index("form_responses_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("form_responses_by_status_idx", "workspace_id", "status", "id"),
    )

    form_id: Mapped[UUID]
    version_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    author_id: Mapped[UUID | None]
    message: Mapped[str | None]
    due_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(server_default="draft")
    revision: Mapped[int] = mapped_column(Integer, server_default="1")
    latest_revision: Mapped[int] = mapped_column(Integer, server_default="0")
    answers: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    submitted_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class FormRevision(TenantRecord):
    """What a client submitted, as it was: the answers that were shown, and their score.

    `files` are those the answers name, as `{id, name, media_type, size_bytes}` at that time.
    `reopened_at` and `reopen_comment` tell when, and why, the coach asked for another one.
    """

    __tablename__ = "form_revisions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "response_id"],
            ["form_responses.workspace_id", "form_responses.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number > 0", name="number"),
        UniqueConstraint("workspace_id", "response_id", "number"),
    )

    response_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    answers: Mapped[dict[str, Any]]
    files: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    score: Mapped[int | None] = mapped_column(Integer)
    band: Mapped[str | None]
    late: Mapped[bool]
    reopened_at: Mapped[datetime | None]
    reopen_comment: Mapped[str | None]


class ProgramForm(TenantRecord):
    """A form that clients fill in on their way into a program."""

    __tablename__ = "program_forms"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "form_id"], ["forms.workspace_id", "forms.id"]),
        UniqueConstraint("workspace_id", "program_id", "form_id"),
        Index("program_forms_by_form_idx", "workspace_id", "form_id"),
    )

    program_id: Mapped[UUID]
    form_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer, server_default="0")
