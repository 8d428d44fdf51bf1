"""What happens to invoices, and to the money they ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.models import Invoice


def about(invoice: Invoice, actor: Actor) -> dict[str, Any]:
    """What an event says of the invoice it is about and of who did it."""
    return {
        "workspace_id": invoice.workspace_id,
        "actor": actor,
        "contact_id": invoice.contact_id,
        "subject_id": invoice.id,
        "number": invoice.number,
        "currency": invoice.currency,
        "total_minor": invoice.total_minor,
        "amount_due_minor": invoice.amount_due_minor,
        "due_on": invoice.due_on,
    }


@dataclass(frozen=True, kw_only=True)
class InvoiceEvent(DomainEvent):
    """Something about an invoice; amounts are in minor units. Drafts have no number."""

    number: str | None
    currency: str
    total_minor: int
    amount_due_minor: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class InvoiceCreated(InvoiceEvent):
    """A draft was begun."""

    type = "invoice.created"


@dataclass(frozen=True, kw_only=True)
class InvoiceUpdated(InvoiceEvent):
    """A draft says something else now."""

    type = "invoice.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class InvoiceDeleted(InvoiceEvent):
    """A draft is gone."""

    type = "invoice.deleted"


@dataclass(frozen=True, kw_only=True)
class InvoiceFinalized(InvoiceEvent):
    """A draft was made an invoice for good; its number is given as the last thing."""

    type = "invoice.finalized"


@dataclass(frozen=True, kw_only=True)
class InvoiceSent(InvoiceEvent):
    """An invoice was printed and sent to the client; `again` where it had been sent before.

    `pdf_key` is where the paper is stored; None where it could not be printed.
    """

    type = "invoice.sent"

    again: bool
    message: str | None
    pdf_key: str | None


@dataclass(frozen=True, kw_only=True)
class InvoiceVoided(InvoiceEvent):
    """An invoice does not count any longer; its number stays taken. `was_sent` to the client."""

    type = "invoice.voided"

    was_sent: bool


@dataclass(frozen=True, kw_only=True)
class InvoiceUncollectible(InvoiceEvent):
    """The practice no longer expects to be paid."""

    type = "invoice.uncollectible"


@dataclass(frozen=True, kw_only=True)
class InvoicePaid(InvoiceEvent):
    """Nothing is asked for any longer, because it was paid."""

    type = "invoice.paid"

    paid_minor: int


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(InvoiceEvent):
    """Money came for an invoice; `unapplied_minor` of it was not asked for."""

    type = "payment.received"

    payment_id: UUID
    amount_minor: int
    unapplied_minor: int
    status: str


@dataclass(frozen=True, kw_only=True)
class PaymentTakenBack(InvoiceEvent):
    """A payment had been entered by mistake, and is gone from the books."""

    type = "payment.taken_back"

    payment_id: UUID
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class PaymentRefunded(InvoiceEvent):
    """Money went back to the client."""

    type = "payment.refunded"

    payment_id: UUID
    refund_id: UUID
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class InvoiceCredited(InvoiceEvent):
    """An invoice was taken back, or part of it; the client is told once it is printed."""

    type = "invoice.credited"

    credit_note_id: UUID
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class CreditNoteIssued(InvoiceEvent):
    """A credit note was printed, and sent to the client; `pdf_key` is where it is stored."""

    type = "credit_note.issued"

    credit_note_id: UUID
    credit_note_number: str
    amount_minor: int
    pdf_key: str | None


@dataclass(frozen=True, kw_only=True)
class InvoiceDueSoon(InvoiceEvent):
    """An invoice is due in some days, or today."""

    type = "invoice.due_soon"

    days: int


@dataclass(frozen=True, kw_only=True)
class InvoiceOverdue(InvoiceEvent):
    """An invoice was due some days ago, and is not paid."""

    type = "invoice.overdue"

    days: int


@dataclass(frozen=True, kw_only=True)
class InvoiceHeldUp(InvoiceEvent):
    """What should have been sent by itself stayed a draft; `missing` as InvoiceIncomplete says."""

    type = "invoice.held_up"

    missing: tuple[str, ...]
