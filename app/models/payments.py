"""Money that came for invoices, money that went back, and credit notes."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord
from app.models.invoices import RATE

_TO_INVOICE = (["workspace_id", "invoice_id"], ["invoices.workspace_id", "invoices.id"])


class Payment(TenantRecord):
    """Money that came for an invoice, in minor units; it is kept whatever state that is in.

    `provider_payment_id` is the provider's own name of it, by which it is kept once; None for
    what a coach entered. `unapplied_minor` is the part that the invoice had no need of and that
    was not paid back, `refunded_minor` what went back or is on its way.
    """

    __tablename__ = "payments"
    __table_args__ = (
        ForeignKeyConstraint(*_TO_INVOICE, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name="refunded_minor"),
        CheckConstraint("unapplied_minor BETWEEN 0 AND amount_minor", name="unapplied_minor"),
        UniqueConstraint("workspace_id", "provider", "provider_payment_id"),
        Index("payments_by_invoice_idx", "workspace_id", "invoice_id", "id"),
        Index("payments_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    invoice_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(server_default="manual")
    provider_payment_id: Mapped[str | None]
    method: Mapped[str]
    reference: Mapped[str | None]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    refunded_minor: Mapped[int] = mapped_column(server_default="0")
    unapplied_minor: Mapped[int] = mapped_column(server_default="0")
    received_on: Mapped[date]


class Refund(TenantRecord):
    """Money of a payment that goes back, in minor units.

    A provider's is `pending` until the provider has said so; `failed` ones count for nothing.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        ForeignKeyConstraint(*_TO_INVOICE, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "payment_id"],
            ["payments.workspace_id", "payments.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status"),
        UniqueConstraint("workspace_id", "provider", "provider_refund_id"),
        Index("refunds_by_invoice_idx", "workspace_id", "invoice_id", "id"),
        Index("refunds_by_payment_idx", "workspace_id", "payment_id", "id"),
        Index("refunds_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    invoice_id: Mapped[UUID]
    payment_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(server_default="manual")
    provider_refund_id: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="succeeded")
    currency: Mapped[str]
    amount_minor: Mapped[int]
    reason: Mapped[str | None]
    refunded_on: Mapped[date]


class CreditNote(TenantRecord):
    """Takes back a finalized invoice, or part of it; never changes once it is issued."""

    __tablename__ = "credit_notes"
    __table_args__ = (
        ForeignKeyConstraint(*_TO_INVOICE, ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("total_minor = subtotal_minor + tax_minor", name="total"),
        CheckConstraint("total_minor > 0", name="total_minor"),
        UniqueConstraint("workspace_id", "number"),
        Index("credit_notes_by_invoice_idx", "workspace_id", "invoice_id", "id"),
        Index("credit_notes_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    invoice_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    number: Mapped[str]
    sequence: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str]
    issued_on: Mapped[date]
    reason: Mapped[str | None]
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    tax_totals: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    subtotal_minor: Mapped[int]
    tax_minor: Mapped[int]
    total_minor: Mapped[int]
    pdf_key: Mapped[str | None]


class CreditNoteLine(TenantRecord):
    """What is taken back of one of the invoice's lines, net of its discounts."""

    __tablename__ = "credit_note_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "credit_note_id"],
            ["credit_notes.workspace_id", "credit_notes.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "invoice_line_id"],
            ["invoice_lines.workspace_id", "invoice_lines.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("net_minor >= 0", name="net_minor"),
        UniqueConstraint(
            "workspace_id", "credit_note_id", "position", name="credit_note_lines_position_key"
        ),
        Index("credit_note_lines_by_line_idx", "workspace_id", "invoice_line_id"),
    )

    credit_note_id: Mapped[UUID]
    invoice_line_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    description: Mapped[str]
    tax_rate: Mapped[Decimal] = mapped_column(RATE)
    exempt_reason: Mapped[str | None]
    net_minor: Mapped[int]
