"""Programs a practice offers, and the runs of its clients through them."""

from datetime import datetime
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
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

PROGRAM_STATUSES = ("draft", "published", "archived")
ENROLLMENT_STATUSES = ("invited", "active", "paused", "completed", "declined", "cancelled")
LIVE_STATUSES = ("invited", "active", "paused")
LIVE = "status IN ('invited', 'active', 'paused')"
"""An enrollment that goes on: a contact has at most one in each program."""


class Program(TenantRecord):
    """What a practice offers; `price_minor` is in minor units of `currency`, 0 is free.

    `description` is Markdown, `description_html` its rendering, sanitised when it was written.
    `forms_required` says whether an enrollment waits for the program's forms.
    """

    __tablename__ = "programs"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "schedule_id"], ["schedules.workspace_id", "schedules.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contract_template_id"],
            ["contract_templates.workspace_id", "contract_templates.id"],
        ),
        CheckConstraint("status IN ('draft', 'published', 'archived')", name="status"),
        CheckConstraint("payment_plan IN ('upfront', 'installments')", name="payment_plan"),
        CheckConstraint("enrollment_mode IN ('quick_start', 'sign_up')", name="enrollment_mode"),
        CheckConstraint("price_minor >= 0", name="price_minor"),
        CheckConstraint("installment_count BETWEEN 2 AND 60", name="installment_count"),
        CheckConstraint("duration_weeks > 0", name="duration_weeks"),
        UniqueConstraint("workspace_id", "slug"),
        Index("programs_by_status_idx", "workspace_id", "status", "id"),
        Index("programs_by_schedule_idx", "workspace_id", "schedule_id"),
        Index("programs_by_contract_template_idx", "workspace_id", "contract_template_id"),
    )

    name: Mapped[str]
    slug: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    description_html: Mapped[str] = mapped_column(server_default="")
    cover_file_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(server_default="draft")
    duration_weeks: Mapped[int | None] = mapped_column(Integer)
    price_minor: Mapped[int] = mapped_column(server_default="0")
    currency: Mapped[str]
    payment_plan: Mapped[str] = mapped_column(server_default="upfront")
    installment_count: Mapped[int] = mapped_column(Integer, server_default="3")
    enrollment_mode: Mapped[str] = mapped_column(server_default="sign_up")
    self_scheduling_enabled: Mapped[bool] = mapped_column(server_default=text("false"))
    schedule_id: Mapped[UUID | None]
    forms_required: Mapped[bool] = mapped_column(server_default=text("true"))
    contract_template_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Allotment(TenantRecord):
    """How many sessions, or minutes, of an appointment type a program grants.

    They expire so many days after the enrollment became active; None is never.
    """

    __tablename__ = "allotments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
        ),
        CheckConstraint("unit IN ('sessions', 'minutes')", name="unit"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("expires_after_days > 0", name="expires_after_days"),
        UniqueConstraint(
            "workspace_id",
            "program_id",
            "appointment_type_id",
            name="allotments_one_per_type_key",
        ),
        Index("allotments_by_type_idx", "workspace_id", "appointment_type_id"),
    )

    program_id: Mapped[UUID]
    appointment_type_id: Mapped[UUID]
    unit: Mapped[str]
    amount: Mapped[int] = mapped_column(Integer)
    expires_after_days: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, server_default="0")


class Enrollment(TenantRecord):
    """One client's run through a program.

    `invited` lasts until the required steps are done; `accepted_at` tells whether the client has
    said yes meanwhile. `end_reason` is what was said on declining or cancelling.
    """

    __tablename__ = "enrollments"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"], ["programs.workspace_id", "programs.id"]
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(
            "status IN ('invited', 'active', 'paused', 'completed', 'declined', 'cancelled')",
            name="status",
        ),
        CheckConstraint("origin IN ('invited', 'quick_start', 'self_registered')", name="origin"),
        CheckConstraint("(status = 'paused') = (paused_at IS NOT NULL)", name="paused_at"),
        CheckConstraint(
            "(status IN ('completed', 'declined', 'cancelled')) = (ended_at IS NOT NULL)",
            name="ended_at",
        ),
        Index(
            "enrollments_one_live_key",
            "workspace_id",
            "program_id",
            "contact_id",
            unique=True,
            postgresql_where=text(LIVE),
        ),
        Index("enrollments_by_program_idx", "workspace_id", "program_id", "id"),
        Index("enrollments_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("enrollments_by_status_idx", "workspace_id", "status", "id"),
    )

    program_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    status: Mapped[str]
    origin: Mapped[str]
    accepted_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class SignUp(TenantRecord):
    """Somebody who signed up on a program's public page and has yet to confirm their address."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("state IN ('pending', 'confirmed', 'replaced')", name="state"),
        UniqueConstraint("workspace_id", "token_hash"),
        Index(
            "sign_ups_one_pending_key",
            "workspace_id",
            "program_id",
            "email_norm",
            unique=True,
            postgresql_where=text("state = 'pending'"),
        ),
        Index("sign_ups_by_expiry_idx", "workspace_id", "expires_at"),
    )

    program_id: Mapped[UUID]
    email: Mapped[str]
    email_norm: Mapped[str]
    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(server_default="")
    time_zone: Mapped[str | None]
    token_hash: Mapped[bytes]
    state: Mapped[str] = mapped_column(server_default="pending")
    expires_at: Mapped[datetime]
    event_id: Mapped[UUID]
