"""Invoices with their lines, the numbers they get, and schedules that make them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

QUANTITY = Numeric(18, 6)
RATE = Numeric(7, 4)
JSON = JSONB(none_as_null=True)


class Invoice(TenantRecord):
    """What a contact is asked to pay; all amounts are in minor units of `currency`.

    A draft has neither number nor snapshot. Once finalized, `number` (the `sequence` in its
    series and year), `seller`, `buyer`, `tax_totals` and the lines never change. What is paid is
    kept up to date by `app/features/invoices/books.py` alone: `amount_paid_minor` is what settles
    the invoice, `unapplied_minor` what came beyond it and was not paid back, `amount_due_minor`
    what is still asked for.

    `period` is which of its schedule's invoices it is, `installment` which of its enrollment's:
    both make it exist once. `pdf_key` is where the printed invoice is kept, once it was printed.
    """

    __tablename__ = "invoices"
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
            ["workspace_id", "schedule_id"],
            ["invoice_schedules.workspace_id", "invoice_schedules.id"],
        ),
        CheckConstraint(
            "status IN ('draft', 'open', 'paid', 'void', 'uncollectible')", name="status"
        ),
        CheckConstraint("(status = 'draft') = (number IS NULL)", name="number"),
        CheckConstraint(
            "status = 'draft' OR num_nonnulls(sequence, issued_on, due_on, seller, buyer) = 5",
            name="finalized",
        ),
        CheckConstraint("status <> 'paid' OR amount_due_minor = 0", name="paid"),
        CheckConstraint("num_nonnulls(discount_percent, discount_amount_minor) < 2", name="off"),
        CheckConstraint(
            "total_minor = subtotal_minor - discount_minor + tax_minor AND total_minor >= 0",
            name="total",
        ),
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "schedule_id", "period"),
        UniqueConstraint("workspace_id", "enrollment_id", "installment"),
        Index("invoices_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("invoices_by_status_idx", "workspace_id", "status", "id"),
        Index(
            "invoices_by_due_idx",
            "workspace_id",
            "due_on",
            "id",
            postgresql_where=text("status = 'open'"),
        ),
        Index("invoices_by_enrollment_idx", "workspace_id", "enrollment_id", "id"),
    )

    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    installment: Mapped[int | None] = mapped_column(Integer)
    schedule_id: Mapped[UUID | None]
    period: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(server_default="draft")
    number: Mapped[str | None]
    sequence: Mapped[int | None] = mapped_column(Integer)
    currency: Mapped[str]
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    memo: Mapped[str] = mapped_column(server_default="")
    discount_percent: Mapped[Decimal | None] = mapped_column(RATE)
    discount_amount_minor: Mapped[int | None]
    bill_to: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    seller: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    buyer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    tax_totals: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    subtotal_minor: Mapped[int] = mapped_column(server_default="0")
    discount_minor: Mapped[int] = mapped_column(server_default="0")
    tax_minor: Mapped[int] = mapped_column(server_default="0")
    total_minor: Mapped[int] = mapped_column(server_default="0")
    amount_paid_minor: Mapped[int] = mapped_column(server_default="0")
    amount_due_minor: Mapped[int] = mapped_column(server_default="0")
    amount_refunded_minor: Mapped[int] = mapped_column(server_default="0")
    amount_credited_minor: Mapped[int] = mapped_column(server_default="0")
    unapplied_minor: Mapped[int] = mapped_column(server_default="0")
    finalized_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    pdf_key: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class InvoiceLine(TenantRecord):
    """What is charged for; `net_minor` is before, `discount_minor` its part of the discount."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_amount_minor >= 0", name="unit_amount_minor"),
        CheckConstraint("tax_rate BETWEEN 0 AND 100", name="tax_rate"),
        CheckConstraint("discount_percent BETWEEN 0 AND 100", name="discount_percent"),
        CheckConstraint("exempt_reason IS NULL OR tax_rate = 0", name="exempt_reason"),
        CheckConstraint("discount_minor BETWEEN 0 AND net_minor", name="discount_minor"),
        UniqueConstraint("workspace_id", "invoice_id", "position"),
    )

    invoice_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(QUANTITY)
    unit_amount_minor: Mapped[int]
    discount_percent: Mapped[Decimal | None] = mapped_column(RATE)
    tax_rate: Mapped[Decimal] = mapped_column(RATE)
    exempt_reason: Mapped[str | None]
    net_minor: Mapped[int]
    discount_minor: Mapped[int]


class InvoiceCounter(TenantRecord):
    """The last number given out in a series and year: a row, so that a rollback leaves no gap."""

    __tablename__ = "invoice_counters"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "series", "year"),
    )

    series: Mapped[str]
    year: Mapped[int] = mapped_column(Integer)
    n: Mapped[int] = mapped_column(Integer)


class InvoiceSchedule(TenantRecord):
    """Makes an invoice every `interval` `unit`s, from `starts_on` on.

    `next_on` is the day of the next one, which is number `periods_made` + 1; None once there are
    no more. Months that are too short have theirs on the last day. `template` is what each of
    them says. An enrollment's schedule makes what its program costs, in one or more installments.
    """

    __tablename__ = "invoice_schedules"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"], ["enrollments.workspace_id", "enrollments.id"]
        ),
        CheckConstraint("status IN ('active', 'paused', 'ended')", name="status"),
        CheckConstraint("unit IN ('week', 'month', 'year')", name="unit"),
        CheckConstraint("interval_count > 0", name="interval_count"),
        CheckConstraint("periods_total > 0", name="periods_total"),
        CheckConstraint("(status = 'ended') = (next_on IS NULL)", name="next_on"),
        UniqueConstraint("workspace_id", "enrollment_id"),
        Index("invoice_schedules_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index(
            "invoice_schedules_due_idx",
            "workspace_id",
            "next_on",
            postgresql_where=text("status = 'active'"),
        ),
    )

    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(server_default="active")
    unit: Mapped[str]
    interval_count: Mapped[int] = mapped_column(Integer, server_default="1")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    periods_total: Mapped[int | None] = mapped_column(Integer)
    periods_made: Mapped[int] = mapped_column(Integer, server_default="0")
    next_on: Mapped[date | None]
    autosend: Mapped[bool] = mapped_column(server_default=text("true"))
    template: Mapped[dict[str, Any]]
    trouble: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
