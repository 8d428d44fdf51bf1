"""Beginning to pay an invoice: one open page, for exactly what is due."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.runtime import Runtime
from app.core.clock import now
from app.core.jobs import enqueue
from app.features.payments.cashiers import Cashiers
from app.features.payments.failures import AmountChanged, NotPayable
from app.features.payments.jobs import close_job
from app.features.payments.provider import Opened, Order
from app.features.payments.schemas import CheckoutOut
from app.models import Checkout, Invoice
from app.repositories.audiences import Audience
from app.repositories.checkouts import CheckoutRepository
from app.repositories.contacts import ContactRepository
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository

PAYABLE = frozenset({"open", "uncollectible"})
WORTHWHILE = timedelta(minutes=30)
"""A page with less time left than this is not handed out again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A page at the provider that has yet to be noted, or the one that is open anyway."""

    audience: Audience
    order: Order
    provider: str
    opened: Opened


async def prepare(
    runtime: Runtime, cashiers: Cashiers, audience: Audience, invoice_id: UUID, *, place: str
) -> Prepared | Checkout:
    """Have the provider make a page for what is due; outside any transaction.

    `place` is where in the portal the client comes back to. Raises NotFound, NotPayable,
    NoOnlinePayments, AmountNotPayable and ProviderRefused (409), ProviderAway (503).
    """
    async with runtime.database.reading(audience.workspace_id) as session:
        invoice = await InvoiceRepository(session, audience).require(invoice_id)
        check_payable(invoice)
        pages = await CheckoutRepository(session, audience.workspace_id).of_invoice(invoice_id)
        for page in pages:
            if page.status == "open" and _still_fits(page, invoice):
                return page
        provider = await cashiers.of(session, audience.workspace_id)
        portal_url = runtime.settings.portal_url
        order = await _order(session, invoice, len(pages), portal_url=portal_url, place=place)
    opened = await provider.open_checkout(order)
    return Prepared(audience=audience, order=order, provider=provider.name, opened=opened)


def check_payable(invoice: Invoice) -> None:
    """Raises NotPayable (409) where nothing is due."""
    if invoice.status not in PAYABLE or invoice.amount_due_minor <= 0:
        raise NotPayable


def _still_fits(checkout: Checkout, invoice: Invoice) -> bool:
    fresh = checkout.expires_at > now() + WORTHWHILE
    return fresh and checkout.amount_minor == invoice.amount_due_minor


async def _order(
    session: AsyncSession, invoice: Invoice, attempt: int, *, portal_url: str, place: str
) -> Order:
    workspace = await WorkspaceRepository(session, invoice.workspace_id).require()
    contact = await ContactRepository(session, invoice.workspace_id).require(invoice.contact_id)
    return Order(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        attempt=attempt,
        practice=workspace.name,
        number=str(invoice.number),
        currency=invoice.currency,
        amount_minor=invoice.amount_due_minor,
        email=contact.email,
        locale=workspace.locale,
        return_url=f"{workspace.portal_url or portal_url}{place}",
    )


async def noted(session: AsyncSession, page: Prepared | Checkout) -> CheckoutOut:
    """The page as the API gives it, noted first if it is new; `_keep` tells what may be wrong."""
    kept = page if isinstance(page, Checkout) else await _keep(session, page)
    return CheckoutOut.model_validate(kept)


async def _keep(session: AsyncSession, prepared: Prepared) -> Checkout:
    """Note the page, under the invoice's row lock; the one it replaces is closed.

    Two who ask at once get the same page. Raises NotPayable and AmountChanged (409).
    """
    invoices = InvoiceRepository(session, prepared.audience)
    invoice = await invoices.require(prepared.order.invoice_id, lock=True)
    check_payable(invoice)
    if invoice.amount_due_minor != prepared.order.amount_minor:
        raise AmountChanged
    checkouts = CheckoutRepository(session, invoice.workspace_id)
    same = await checkouts.called(prepared.provider, prepared.opened.session_id)
    if same is not None:
        return same
    await replace_open(checkouts, invoice.id)
    kept = checkouts.add(
        Checkout(
            invoice_id=invoice.id,
            provider=prepared.provider,
            session_id=prepared.opened.session_id,
            url=prepared.opened.url,
            currency=prepared.order.currency,
            amount_minor=prepared.order.amount_minor,
            status="open",
            expires_at=prepared.opened.expires_at,
        )
    )
    await session.flush()
    return kept


async def replace_open(checkouts: CheckoutRepository, invoice_id: UUID) -> None:
    """Take the invoice's open page back, and have the provider close it."""
    live = await checkouts.open_for(invoice_id)
    if live is None:
        return
    live.status = "replaced"
    await checkouts.session.flush()
    await enqueue(checkouts.session, close_job(live))


async def follow_due(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> None:
    """Take the open page of an invoice back once it asks for another amount than is due."""
    invoices = InvoiceRepository(session, Audience.team(workspace_id))
    invoice = await invoices.require(invoice_id, lock=True)
    checkouts = CheckoutRepository(session, workspace_id)
    live = await checkouts.open_for(invoice_id)
    due = invoice.amount_due_minor if invoice.status in PAYABLE else 0
    if live is not None and live.amount_minor != due:
        await replace_open(checkouts, invoice_id)
