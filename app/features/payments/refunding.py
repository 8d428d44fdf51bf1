"""Refunds at the provider: asked for by us or made in its own dashboard, and how they end."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.features.invoices.books import Returned, record_refund, settle_refund
from app.features.payments.events import RefundFailed
from app.features.payments.provider import RefundSeen
from app.models import Invoice, Payment, Refund
from app.repositories.audiences import Audience
from app.repositories.invoice_money import RefundRepository
from app.repositories.invoices import InvoiceRepository


async def follow_refund(
    session: AsyncSession, invoice: Invoice, payment: Payment, seen: RefundSeen, *, on: date
) -> None:
    """Let our books say of a refund what the provider does; the invoice's row is locked."""
    refund = await _known(session, invoice, payment, seen)
    if refund is not None:
        await _settle(session, invoice, refund, seen)
    elif seen.status != "failed":
        returned = Returned(
            amount_minor=seen.amount_minor,
            refunded_on=on,
            provider=payment.provider,
            provider_refund_id=seen.provider_refund_id,
            status=seen.status,
        )
        await record_refund(session, invoice, payment, returned, actor=SYSTEM)


async def settle_asked(
    session: AsyncSession, workspace_id: UUID, refund_id: UUID, seen: RefundSeen
) -> None:
    """Note what the provider made of a refund that we asked for; one that is gone is forgotten."""
    try:
        refund = await RefundRepository(session, workspace_id).require(refund_id)
        invoices = InvoiceRepository(session, Audience.team(workspace_id))
        invoice = await invoices.require(refund.invoice_id, lock=True)
    except NotFound:
        return
    await session.refresh(refund)  # the provider's own message may have been quicker
    await _settle(session, invoice, refund, seen)


def refused(refund_id: UUID, reason: str) -> RefundSeen:
    """A refund that came to nothing before the provider knew of it."""
    return RefundSeen(
        provider_refund_id=None,
        refund_id=refund_id,
        amount_minor=0,
        status="failed",
        at=now(),
        reason=reason,
    )


async def _known(
    session: AsyncSession, invoice: Invoice, payment: Payment, seen: RefundSeen
) -> Refund | None:
    refunds = RefundRepository(session, invoice.workspace_id)
    for refund in await refunds.of_invoice(invoice.id):
        if refund.payment_id == payment.id and refund.id == seen.refund_id:
            return refund
    if seen.provider_refund_id is None:
        return None
    return await refunds.of_provider(payment.provider, seen.provider_refund_id)


async def _settle(
    session: AsyncSession, invoice: Invoice, refund: Refund, seen: RefundSeen
) -> None:
    if seen.provider_refund_id is not None:
        refund.provider_refund_id = seen.provider_refund_id
    if seen.status in {"pending", refund.status}:
        await session.flush()
        return
    succeeded = seen.status == "succeeded"
    await settle_refund(session, invoice, refund, succeeded=succeeded, actor=SYSTEM)
    if not succeeded:
        await publish(session, _failure(invoice, refund, seen.reason))


def _failure(invoice: Invoice, refund: Refund, reason: str | None) -> RefundFailed:
    return RefundFailed(
        workspace_id=invoice.workspace_id,
        actor=SYSTEM,
        contact_id=invoice.contact_id,
        subject_id=invoice.id,
        number=invoice.number,
        currency=invoice.currency,
        amount_minor=refund.amount_minor,
        refund_id=refund.id,
        reason=reason,
    )
