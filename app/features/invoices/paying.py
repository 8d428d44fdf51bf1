"""Payments and refunds that the coach enters by hand."""

from uuid import UUID

from app.core.errors import NotFound
from app.core.events import publish
from app.core.jobs import enqueue
from app.features.invoices.books import Received, Returned, recompute, record_payment, record_refund
from app.features.invoices.drafting import require_status
from app.features.invoices.events import PaymentTakenBack, about
from app.features.invoices.failures import InvoiceState, RefundExceedsPayment, UnknownPayment
from app.features.invoices.finalizing import today_in
from app.features.invoices.jobs import refund_job
from app.features.invoices.paths import Work
from app.features.invoices.reminders import follow
from app.features.invoices.schemas_money import PaymentIn, RefundIn
from app.models import Payment
from app.repositories.invoice_cards import InvoiceCard
from app.repositories.invoice_money import PaymentRepository
from app.repositories.workspaces import WorkspaceRepository


async def enter_payment(work: Work, body: PaymentIn) -> InvoiceCard:
    """Note money that came; what the invoice has no need of is kept as unapplied.

    Raises InvoiceState (409) for a draft.
    """
    require_status(work.invoice, "open", "paid", "uncollectible", "void")
    session = work.invoices.session
    workspace = await WorkspaceRepository(session, work.invoice.workspace_id).require()
    received = Received(
        amount_minor=body.amount_minor,
        method=body.method,
        reference=body.reference,
        received_on=body.received_on or today_in(workspace),
    )
    await record_payment(
        session,
        work.invoice,
        received,
        actor=work.principal.actor,
        onboarding=work.onboarding,
    )
    return await work.invoices.card(work.invoice.id)


async def take_back_payment(work: Work, payment_id: UUID) -> None:
    """Strike out a payment that was entered by mistake; the invoice may be open again.

    Raises NotFound, and InvoiceState (409) for what a provider reported or was paid back from.
    """
    invoice, session = work.invoice, work.invoices.session
    payments = PaymentRepository(session, invoice.workspace_id)
    payment = await payments.one_of(invoice.id, payment_id)
    if payment.provider != "manual" or payment.refunded_minor:
        raise InvoiceState(invoice)
    await payments.delete(payment)
    if invoice.status == "paid":
        invoice.status, invoice.paid_at = "open", None
    await recompute(session, invoice)
    if invoice.status == "open":
        workspace = await WorkspaceRepository(session, invoice.workspace_id).require()
        await follow(session, invoice, workspace)
    facts = about(invoice, work.principal.actor)
    event = PaymentTakenBack(**facts, payment_id=payment.id, amount_minor=payment.amount_minor)
    await publish(session, event)


async def pay_back(work: Work, body: RefundIn) -> InvoiceCard:
    """Note money that goes back to the client, who is told.

    What came through a provider goes back through it, and is pending meanwhile.
    Raises UnknownPayment (422) and RefundExceedsPayment (409).
    """
    session = work.invoices.session
    payment = await _payment(work, body.payment_id)
    workspace = await WorkspaceRepository(session, work.invoice.workspace_id).require()
    by_hand = payment.provider == "manual" or not body.through_provider
    returned = Returned(
        amount_minor=body.amount_minor or payment.amount_minor - payment.refunded_minor,
        reason=body.reason,
        refunded_on=today_in(workspace),
        provider="manual" if by_hand else payment.provider,
        status="succeeded" if by_hand else "pending",
    )
    actor = work.principal.actor
    refund = await record_refund(session, work.invoice, payment, returned, actor=actor)
    if not by_hand:
        await enqueue(session, refund_job(refund))
    return await work.invoices.card(work.invoice.id)


async def _payment(work: Work, payment_id: UUID | None) -> Payment:
    """The payment that is meant; the latest of which something is left where none is named."""
    payments = PaymentRepository(work.invoices.session, work.invoice.workspace_id)
    if payment_id is not None:
        try:
            found = await payments.one_of(work.invoice.id, payment_id)
        except NotFound:
            raise UnknownPayment from None
    else:
        every = await payments.of_invoice(work.invoice.id)
        left = [one for one in every if one.refunded_minor < one.amount_minor]
        if not left:
            raise RefundExceedsPayment(0)
        found = left[-1]
    if found.refunded_minor == found.amount_minor:
        raise RefundExceedsPayment(0)
    return found
