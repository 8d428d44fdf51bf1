"""The books of an invoice: the only place where money is recorded for one, or leaves it.

Every provider goes through `record_payment` and `record_refund`; whoever calls them has locked
the invoice's row first (`InvoiceRepository.require(..., lock=True)`), so that all that concerns
one invoice happens one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Onboarding
from app.core.clock import now
from app.core.events import Actor, publish
from app.core.ids import new_id
from app.core.jobs import enqueue
from app.features.invoices.events import InvoicePaid, PaymentReceived, PaymentRefunded, about
from app.features.invoices.failures import RefundExceedsPayment
from app.features.invoices.jobs import due_changed_job
from app.features.invoices.reminders import forget
from app.models import Invoice, Payment, Refund
from app.repositories.enrollments import EnrollmentRepository
from app.repositories.invoice_money import (
    CreditNoteRepository,
    PaymentRepository,
    RefundRepository,
)

PAYABLE = frozenset({"open", "uncollectible"})
GOING = frozenset({"pending", "succeeded"})
"""Refunds whose money is gone, or may be: it can't be paid back twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Money that came, in minor units of the invoice's currency.

    `provider_payment_id` is the provider's own name of it, say `pi_...`; None for what a coach
    entered. `received_on` is a day where the practice is.
    """

    amount_minor: int
    method: str
    received_on: date
    provider: str = "manual"
    provider_payment_id: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Money of one payment that goes back, in minor units of the invoice's currency.

    A provider's is `pending` until `settle_refund` is told how it ended.
    """

    amount_minor: int
    refunded_on: date
    reason: str | None = None
    provider: str = "manual"
    provider_refund_id: str | None = None
    status: str = "succeeded"


async def record_payment(
    session: AsyncSession,
    invoice: Invoice,
    received: Received,
    *,
    actor: Actor,
    onboarding: Onboarding,
) -> Payment:
    """Keep a payment for a finalized invoice whose row is locked, whatever its status is.

    A provider's payment that is known already is answered as it is, and nothing happens. What
    the invoice has no need of (overpaid, paid already, void) is kept as unapplied. Publishes
    payment.received, and invoice.paid once nothing is due any longer; an enrollment that waited
    for it goes on. Makes six statements, more when it becomes paid; no HTTP, no commit.
    """
    payments = PaymentRepository(session, invoice.workspace_id)
    if received.provider_payment_id is not None:
        known = await payments.of_provider(received.provider, received.provider_payment_id)
        if known is not None:
            return known
    payment = payments.add(_payment(invoice, received))
    await session.flush()
    was_payable = invoice.status in PAYABLE
    await recompute(session, invoice)
    await publish(session, _received(invoice, payment, actor))
    if was_payable:
        await tell_if_paid(session, invoice, actor=actor, onboarding=onboarding)
    return payment


def _payment(invoice: Invoice, received: Received) -> Payment:
    return Payment(
        id=new_id(),
        invoice_id=invoice.id,
        contact_id=invoice.contact_id,
        currency=invoice.currency,
        amount_minor=received.amount_minor,
        method=received.method,
        received_on=received.received_on,
        provider=received.provider,
        provider_payment_id=received.provider_payment_id,
        reference=received.reference,
    )


def _received(invoice: Invoice, payment: Payment, actor: Actor) -> PaymentReceived:
    return PaymentReceived(
        **about(invoice, actor),
        payment_id=payment.id,
        amount_minor=payment.amount_minor,
        unapplied_minor=payment.unapplied_minor,
        status=invoice.status,
    )


async def tell_if_paid(
    session: AsyncSession, invoice: Invoice, *, actor: Actor, onboarding: Onboarding
) -> None:
    """Tell that an invoice, which was not a moment ago, is paid; its enrollment goes on."""
    if invoice.status != "paid":
        return
    facts = about(invoice, actor)
    await publish(session, InvoicePaid(**facts, paid_minor=invoice.amount_paid_minor))
    if invoice.enrollment_id is not None:
        enrollments = EnrollmentRepository(session, invoice.workspace_id)
        enrollment = await enrollments.require(invoice.enrollment_id, lock=True)
        await onboarding.advance(session, enrollment, actor=actor)


async def record_refund(
    session: AsyncSession, invoice: Invoice, payment: Payment, returned: Returned, *, actor: Actor
) -> Refund:
    """Note that money of a payment goes back; the invoice's row is locked.

    Raises RefundExceedsPayment (409) when less is left of it, those that are pending counted.
    Publishes payment.refunded, for a pending one once it is settled. A provider's that is known
    already is answered as it is. A paid invoice stays paid: a credit note is another thing.
    """
    refunds = RefundRepository(session, invoice.workspace_id)
    if returned.provider_refund_id is not None:
        known = await refunds.of_provider(returned.provider, returned.provider_refund_id)
        if known is not None:
            return known
    left = payment.amount_minor - payment.refunded_minor
    if returned.amount_minor > left:
        raise RefundExceedsPayment(left)
    refund = refunds.add(
        Refund(
            id=new_id(),
            invoice_id=invoice.id,
            payment_id=payment.id,
            contact_id=invoice.contact_id,
            currency=invoice.currency,
            amount_minor=returned.amount_minor,
            refunded_on=returned.refunded_on,
            reason=returned.reason,
            provider=returned.provider,
            provider_refund_id=returned.provider_refund_id,
            status=returned.status,
        )
    )
    await session.flush()
    await recompute(session, invoice)
    if refund.status == "succeeded":
        await publish(session, _refunded(invoice, refund, actor))
    return refund


async def settle_refund(
    session: AsyncSession, invoice: Invoice, refund: Refund, *, succeeded: bool, actor: Actor
) -> None:
    """Note how a refund ended; the invoice's row is locked.

    One that succeeded may fail later, when the client's bank sends it back. Publishes
    payment.refunded when it succeeded.
    """
    ended = "succeeded" if succeeded else "failed"
    if refund.status == ended:
        return
    refund.status = ended
    await session.flush()
    await recompute(session, invoice)
    if succeeded:
        await publish(session, _refunded(invoice, refund, actor))


def _refunded(invoice: Invoice, refund: Refund, actor: Actor) -> PaymentRefunded:
    return PaymentRefunded(
        **about(invoice, actor),
        payment_id=refund.payment_id,
        refund_id=refund.id,
        amount_minor=refund.amount_minor,
    )


async def recompute(session: AsyncSession, invoice: Invoice) -> None:
    """Let a finalized invoice, whose row is locked, say what its money comes to.

    That is payments, refunds and credit notes: three statements and a flush.
    `owed` is what is asked for: the total less what was credited, nothing once it is void. An
    open invoice that is paid in full becomes `paid`, and stays so when money goes back.
    """
    workspace_id, invoice_id, was_due = invoice.workspace_id, invoice.id, invoice.amount_due_minor
    payments = await PaymentRepository(session, workspace_id).of_invoice(invoice_id)
    refunds = await RefundRepository(session, workspace_id).of_invoice(invoice_id)
    notes = await CreditNoteRepository(session, workspace_id).of_invoice(invoice_id)
    received = sum(payment.amount_minor for payment in payments)
    gone = sum(refund.amount_minor for refund in refunds if refund.status == "succeeded")
    promised = sum(refund.amount_minor for refund in refunds if refund.status in GOING)
    invoice.amount_credited_minor = sum(note.total_minor for note in notes)
    invoice.amount_refunded_minor = gone
    owed = 0 if invoice.status == "void" else invoice.total_minor - invoice.amount_credited_minor
    settled = invoice.status in PAYABLE and received - gone >= owed
    if settled:
        invoice.status, invoice.paid_at = "paid", now()
    kept = received if invoice.status == "paid" else received - gone
    invoice.amount_paid_minor = min(kept, owed)
    invoice.amount_due_minor = 0 if invoice.status == "paid" else owed - invoice.amount_paid_minor
    invoice.unapplied_minor = max(received - promised - owed, 0)
    _share_out(invoice.unapplied_minor, payments, refunds)
    await session.flush()
    if settled:
        await forget(session, invoice)
    if invoice.amount_due_minor != was_due:
        await enqueue(session, due_changed_job(invoice))


def _share_out(
    unapplied_minor: int, payments: Sequence[Payment], refunds: Sequence[Refund]
) -> None:
    """Say of each payment what went back of it, and what the invoice did not need: the latest's."""
    for payment in reversed(payments):
        payment.refunded_minor = sum(
            refund.amount_minor
            for refund in refunds
            if refund.payment_id == payment.id and refund.status in GOING
        )
        left = payment.amount_minor - payment.refunded_minor
        payment.unapplied_minor = min(unapplied_minor, left)
        unapplied_minor -= payment.unapplied_minor
