"""What the mailed link opens."""

from uuid import UUID

from app.access.images import image_url
from app.access.pay_links import practice_paid_at
from app.access.runtime import Runtime
from app.core.errors import NotFound
from app.core.tokens import InvalidToken
from app.features.payments import checkout
from app.features.payments.cashiers import Cashiers
from app.features.payments.failures import NoOnlinePayments
from app.features.payments.schemas import CheckoutOut, PayPageOut
from app.repositories.audiences import Audience
from app.repositories.hosts import host_of
from app.repositories.invoice_cards import InvoiceCard
from app.repositories.invoices import InvoiceRepository

SHOWN = (
    "number",
    "status",
    "overdue",
    "issued_on",
    "due_on",
    "currency",
    "total_minor",
    "amount_paid_minor",
    "amount_due_minor",
)


async def look_up(runtime: Runtime, cashiers: Cashiers, invoice_id: UUID, token: str) -> PayPageOut:
    """The invoice behind a link. Raises InvalidToken (404)."""
    workspace_id = practice_paid_at(runtime.mint, invoice_id, token)
    async with runtime.database.reading(workspace_id) as session:
        try:
            invoices = InvoiceRepository(session, Audience.team(workspace_id))
            card = await invoices.card(invoice_id)
        except NotFound:
            raise InvalidToken from None
        host = await host_of(session, workspace_id, None)
        try:
            await cashiers.of(session, workspace_id)
            online = True
        except NoOnlinePayments:
            online = False
    return PayPageOut.model_construct(
        invoice_id=invoice_id,
        workspace_name=host.workspace_name,
        logo_url=image_url(runtime, workspace_id, host.logo_file_id),
        accent_color=host.accent_color,
        payable=online and _is_due(card),
        **{name: getattr(card, name) for name in SHOWN},
    )


def _is_due(card: InvoiceCard) -> bool:
    return card.status in checkout.PAYABLE and card.amount_due_minor > 0


async def open_checkout(
    runtime: Runtime, cashiers: Cashiers, invoice_id: UUID, token: str
) -> CheckoutOut:
    """A page to pay it, as `checkout.prepare` tells. Raises InvalidToken (404)."""
    workspace_id = practice_paid_at(runtime.mint, invoice_id, token)
    audience, place = Audience.team(workspace_id), f"/pay/{invoice_id}"
    page = await checkout.prepare(runtime, cashiers, audience, invoice_id, place=place)
    async with runtime.database.writing(workspace_id) as session:
        return await checkout.noted(session, page)
