"""What invoices ask the dispatcher for."""

from uuid import UUID

from app.core.events import Actor
from app.core.jobs import NewJob
from app.models import CreditNote, Invoice

SEND = "invoice.send"
"""Kind of the job that prints an invoice, then tells that it was sent."""

ISSUE = "credit_note.issue"
"""Kind of the job that prints a credit note, then tells of it."""


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
