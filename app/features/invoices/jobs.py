"""What invoices ask the dispatcher for."""

from uuid import UUID

from app.core.events import Actor
from app.core.jobs import NewJob
from app.models import CreditNote, Invoice, Refund

SEND = "invoice.send"
"""Kind of the job that prints an invoice, then tells that it was sent."""

ISSUE = "credit_note.issue"
"""Kind of the job that prints a credit note, then tells of it."""

DUE_CHANGED = "invoice.due_changed"
"""Kind of the job that takes back ways to pay which ask for another amount than is due."""

REFUND = "invoice.refund"
"""Kind of the job that has a payment's provider give money back."""


def due_changed_job(invoice: Invoice) -> NewJob:
    """Look at the ways to pay an invoice."""
    payload = {"workspace_id": invoice.workspace_id, "invoice_id": invoice.id}
    return NewJob(kind=DUE_CHANGED, payload=payload, key=f"invoice:{invoice.id}:due")


def refund_job(refund: Refund) -> NewJob:
    """Give back through the provider what is noted as pending."""
    payload = {"workspace_id": refund.workspace_id, "refund_id": refund.id}
    return NewJob(kind=REFUND, payload=payload, key=f"refund:{refund.id}")


def send_job(invoice: Invoice, actor: Actor, *, again: bool, message: str | None) -> NewJob:
    """Print a finalized invoice, and send it to the client."""
    return _job(
        SEND, invoice.workspace_id, actor, invoice_id=invoice.id, again=again, message=message
    )


def issue_job(note: CreditNote, actor: Actor) -> NewJob:
    """Print a credit note, and send it to the client."""
    return _job(ISSUE, note.workspace_id, actor, invoice_id=note.invoice_id, credit_note_id=note.id)


def _job(kind: str, workspace_id: UUID, actor: Actor, **more: object) -> NewJob:
    by = {"kind": actor.kind, "id": actor.id}
    return NewJob(kind=kind, payload={"workspace_id": workspace_id, "actor": by, **more})
