"""What becomes of an invoice once it is finalized: sent, void, given up."""

from app.core.clock import now
from app.core.events import Actor, publish
from app.core.jobs import enqueue
from app.features.invoices.drafting import require_status
from app.features.invoices.events import InvoiceUncollectible, InvoiceVoided, about
from app.features.invoices.failures import InvoiceHasPayments
from app.features.invoices.jobs import due_changed_job, send_job
from app.features.invoices.paths import Work
from app.features.invoices.reminders import forget
from app.models import Invoice
from app.repositories.invoice_cards import InvoiceCard
from app.repositories.invoice_money import PaymentRepository
from app.repositories.invoices import InvoiceRepository


async def send_invoice(work: Work, message: str | None) -> InvoiceCard:
    """Send an invoice to the client, or once more. Raises InvoiceState (409): draft, void."""
    await send(work.invoices, work.invoice, actor=work.principal.actor, message=message)
    return await work.invoices.card(work.invoice.id)


async def send(
    invoices: InvoiceRepository, invoice: Invoice, *, actor: Actor, message: str | None = None
) -> None:
    """The same for an invoice whose row is locked: it is printed, then the client is told."""
    require_status(invoice, "open", "paid", "uncollectible")
    again = invoice.sent_at is not None
    invoice.sent_at = now()
    await invoices.session.flush()
    await enqueue(invoices.session, send_job(invoice, actor, again=again, message=message))


async def void_invoice(work: Work) -> InvoiceCard:
    """Let an invoice count no longer; it keeps its number. A second time changes nothing.

    Raises InvoiceState (409), and InvoiceHasPayments (409) once money came for it.
    """
    invoice, session = work.invoice, work.invoices.session
    if invoice.status != "void":
        require_status(invoice, "open", "uncollectible")
        payments = PaymentRepository(session, invoice.workspace_id)
        if await payments.of_invoice(invoice.id):
            raise InvoiceHasPayments
        invoice.status, invoice.closed_at = "void", now()
        invoice.amount_due_minor = 0
        await session.flush()
        await forget(session, invoice)
        await enqueue(session, due_changed_job(invoice))
        facts = about(invoice, work.principal.actor)
        await publish(session, InvoiceVoided(**facts, was_sent=invoice.sent_at is not None))
    return await work.invoices.card(invoice.id)


async def give_up(work: Work) -> InvoiceCard:
    """No longer expect to be paid; should money come, it counts. Raises InvoiceState (409)."""
    invoice, session = work.invoice, work.invoices.session
    if invoice.status != "uncollectible":
        require_status(invoice, "open")
        invoice.status, invoice.closed_at = "uncollectible", now()
        await session.flush()
        await forget(session, invoice)
        await publish(session, InvoiceUncollectible(**about(invoice, work.principal.actor)))
    return await work.invoices.card(invoice.id)
