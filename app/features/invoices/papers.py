"""Invoices, credit notes and receipts as papers: all that is printed on one, from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from app.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine, Payment

Kind = Literal["invoice", "credit_note", "receipt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A line as it is printed; amounts are in minor units."""

    description: str
    quantity: Decimal
    unit_amount_minor: int
    discount_percent: Decimal | None
    tax_rate: Decimal
    exempt_reason: str | None
    net_minor: int
    discount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a printed document says; amounts are in minor units of `currency`.

    `refers_to` is the invoice a credit note takes back, its number and day; `reason` why. A
    receipt is an invoice with what was paid, `received` each with its day and amount.
    """

    kind: Kind
    workspace_id: UUID
    id: UUID
    invoice_id: UUID
    number: str
    currency: str
    issued_on: date
    due_on: date | None
    seller: dict[str, Any]
    buyer: dict[str, Any]
    lines: tuple[PaperLine, ...]
    tax_totals: Sequence[dict[str, Any]]
    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    memo: str = ""
    refers_to: tuple[str, date] | None = None
    reason: str | None = None
    received: tuple[tuple[date, int], ...] = ()

    @property
    def filename(self) -> str:
        """What the file is called."""
        prefix = "Receipt " if self.kind == "receipt" else ""
        return f"{prefix}{self.number}.pdf"


def paper_of_invoice(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Paper:
    """A finalized invoice, as it was issued."""
    return Paper(
        kind="invoice",
        invoice_id=invoice.id,
        number=invoice.number or "",
        issued_on=invoice.issued_on or date.min,
        due_on=invoice.due_on,
        seller=invoice.seller or {},
        buyer=invoice.buyer or {},
        lines=tuple(_line(line) for line in lines),
        discount_minor=invoice.discount_minor,
        memo=invoice.memo,
        **_shared(invoice),
    )


def paper_of_receipt(
    invoice: Invoice, lines: Sequence[InvoiceLine], payments: Sequence[Payment]
) -> Paper:
    """A paid invoice, with what came in for it."""
    received = tuple((payment.received_on, payment.amount_minor) for payment in payments)
    return replace(paper_of_invoice(invoice, lines), kind="receipt", received=received)


def _line(line: InvoiceLine) -> PaperLine:
    return PaperLine(
        description=line.description,
        quantity=line.quantity,
        unit_amount_minor=line.unit_amount_minor,
        discount_percent=line.discount_percent,
        tax_rate=line.tax_rate,
        exempt_reason=line.exempt_reason,
        net_minor=line.net_minor,
        discount_minor=line.discount_minor,
    )


def paper_of_credit_note(
    note: CreditNote, lines: Sequence[CreditNoteLine], invoice: Invoice
) -> Paper:
    """A credit note: each line is what is taken back, once."""
    return Paper(
        kind="credit_note",
        invoice_id=invoice.id,
        number=note.number,
        issued_on=note.issued_on,
        due_on=None,
        seller=note.seller,
        buyer=note.buyer,
        lines=tuple(_taken_back(line) for line in lines if line.net_minor),
        discount_minor=0,
        refers_to=(invoice.number or "", invoice.issued_on or date.min),
        reason=note.reason,
        **_shared(note),
    )


def _taken_back(line: CreditNoteLine) -> PaperLine:
    return PaperLine(
        description=line.description,
        quantity=Decimal(1),
        unit_amount_minor=line.net_minor,
        discount_percent=None,
        tax_rate=line.tax_rate,
        exempt_reason=line.exempt_reason,
        net_minor=line.net_minor,
        discount_minor=0,
    )


def _shared(row: Invoice | CreditNote) -> dict[str, Any]:
    names = ("workspace_id", "id", "currency", "tax_totals", "subtotal_minor")
    return {name: getattr(row, name) for name in (*names, "tax_minor", "total_minor")}
