"""Paying one's invoices in the portal."""

from app.access.audience import audience_of
from app.access.callers import CurrentClient
from app.access.late_session import LateWork
from app.access.runtime import RuntimeInApp
from app.core.idempotency import IdempotencyRequired
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.payments import checkout
from app.features.payments.failures import (
    AmountChanged,
    AmountNotPayable,
    NoOnlinePayments,
    NotPayable,
    ProviderAway,
    ProviderRefused,
)
from app.features.payments.paths import CashiersInApp, InvoiceId
from app.features.payments.schemas import CheckoutOut

REFUSALS = (
    NoOnlinePayments,
    NotPayable,
    AmountNotPayable,
    AmountChanged,
    ProviderRefused,
    ProviderAway,
)

router = api_router("/v1/portal/invoices", "payments")


@router.post(
    "/{invoice_id}/checkout",
    dependencies=[IdempotencyRequired],
    responses=problems(*REFUSALS),
)
async def open_portal_checkout(
    invoice_id: InvoiceId,
    client: CurrentClient,
    runtime: RuntimeInApp,
    cashiers: CashiersInApp,
    late: LateWork,
) -> CheckoutOut:
    """A page to pay what is due; asked again, the same page, as long as it asks for that."""
    place = f"/invoices/{invoice_id}"
    page = await checkout.prepare(runtime, cashiers, audience_of(client), invoice_id, place=place)
    return await checkout.noted(await late.begin([str(invoice_id)]), page)
