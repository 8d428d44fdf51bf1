"""What a provider tells: looked up at the provider, then written into the invoice's books.

Events come twice, late, and in any order. So none is believed: each only names a payment, whose
state is read from the provider itself and recorded once, by the provider's own name of it.
"""

from dataclasses import dataclass
from uuid import UUID

import structlog

from app.access.onboarding import Onboarding
from app.access.runtime import Runtime
from app.core.clock import day_in
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.features.invoices.books import Received, record_payment
from app.features.payments.cashiers import Cashiers
from app.features.payments.events import PaymentFailed
from app.features.payments.failures import WrongCurrency
from app.features.payments.provider import Notice, PaymentSeen
from app.features.payments.refunding import follow_refund
from app.models import Invoice
from app.repositories.audiences import Audience
from app.repositories.checkouts import CheckoutRepository
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a webhook comes from: a practice's account at a provider."""

    workspace_id: UUID
    provider: str


async def take_in(
    runtime: Runtime, cashiers: Cashiers, origin: Origin, body: bytes, signature: str | None
) -> None:
    """Act on a webhook, once. Raises NotFound, NotGenuine (400), WrongCurrency and ProviderAway."""
    workspace_id = origin.workspace_id
    async with runtime.database.reading(workspace_id) as session:
        provider = await cashiers.called(session, workspace_id, origin.provider)
    if provider is None:
        raise NotFound
    notice = provider.read_notice(body, signature)
    if notice.about == "nothing":
        return
    seen = await provider.look_up(notice) if notice.about == "payment" else None
    async with runtime.database.writing(workspace_id) as session:
        checkouts = CheckoutRepository(session, workspace_id)
        if await checkouts.hears(origin.provider, notice.event_id):
            await _act(checkouts, origin.provider, notice, seen, runtime.onboarding)


async def _act(
    checkouts: CheckoutRepository,
    provider: str,
    notice: Notice,
    seen: PaymentSeen | None,
    onboarding: Onboarding,
) -> None:
    match notice.about:
        case "payment" if seen is not None:
            await _record(checkouts, provider, notice, seen, onboarding)
        case "failure" if notice.session_id is not None:
            await _note_failure(checkouts, provider, notice.session_id)
        case "expiry" if notice.session_id is not None:
            await checkouts.end(provider, notice.session_id, "expired")


async def _record(
    checkouts: CheckoutRepository,
    provider: str,
    notice: Notice,
    seen: PaymentSeen,
    onboarding: Onboarding,
) -> None:
    session, workspace_id = checkouts.session, checkouts.workspace_id
    try:
        invoices = InvoiceRepository(session, Audience.team(workspace_id))
        invoice = await invoices.require(seen.invoice_id, lock=True)
    except NotFound:
        log.warning("payment_for_no_invoice_here", payment=seen.provider_payment_id)
        return
    if seen.currency != invoice.currency:
        raise WrongCurrency
    if notice.session_id is not None:
        await checkouts.end(provider, notice.session_id, "completed")
    zone = (await WorkspaceRepository(session, workspace_id).require()).time_zone
    received = Received(
        amount_minor=seen.amount_minor,
        method=seen.method,
        received_on=day_in(zone, seen.at),
        provider=provider,
        provider_payment_id=seen.provider_payment_id,
    )
    payment = await record_payment(session, invoice, received, actor=SYSTEM, onboarding=onboarding)
    for refund in seen.refunds:
        await follow_refund(session, invoice, payment, refund, on=day_in(zone, refund.at))


async def _note_failure(checkouts: CheckoutRepository, provider: str, session_id: str) -> None:
    """The client can try again, on a page of its own; the coach is told."""
    failed = await checkouts.end(provider, session_id, "failed")
    if failed is None:
        return
    invoices = InvoiceRepository(checkouts.session, Audience.team(checkouts.workspace_id))
    invoice = await invoices.require(failed.invoice_id)
    await publish(checkouts.session, _failure(invoice, failed.amount_minor))


def _failure(invoice: Invoice, amount_minor: int) -> PaymentFailed:
    return PaymentFailed(
        workspace_id=invoice.workspace_id,
        actor=SYSTEM,
        contact_id=invoice.contact_id,
        subject_id=invoice.id,
        number=invoice.number,
        currency=invoice.currency,
        amount_minor=amount_minor,
    )
