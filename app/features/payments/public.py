"""Paying by the mailed link, without signing in; and what providers tell."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Header, Path, Request

from app.access.limits import per_address
from app.access.pay_links import PayTokenIn
from app.access.runtime import RuntimeInApp
from app.core.errors import NotFound, TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.payments import pay_page, taking_in
from app.features.payments.failures import NotGenuine, ProviderAway, WrongCurrency
from app.features.payments.paths import CashiersInApp, InvoiceId
from app.features.payments.portal import REFUSALS
from app.features.payments.schemas import CheckoutOut, PayPageOut

LINKS = per_address(Policy(name="pay-links", limit=60, per_seconds=60))
WEBHOOKS = per_address(Policy(name="payment-webhooks", limit=6000, per_seconds=60))
"""Large: a provider's few machines speak for all its payments."""

links = api_router("/v1/public/invoices/{invoice_id}", "payments")
webhooks = api_router("/v1/public/payment-webhooks", "payments")

EVENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@links.post("/lookup", dependencies=[LINKS], responses=problems(InvalidToken, TooManyRequests))
async def look_up_invoice(
    invoice_id: InvoiceId, body: PayTokenIn, runtime: RuntimeInApp, cashiers: CashiersInApp
) -> PayPageOut:
    """What is to be paid; changes nothing, however often it is asked."""
    return await pay_page.look_up(runtime, cashiers, invoice_id, body.token)


@links.post(
    "/checkout",
    dependencies=[LINKS],
    responses=problems(InvalidToken, TooManyRequests, *REFUSALS),
)
async def open_public_checkout(
    invoice_id: InvoiceId, body: PayTokenIn, runtime: RuntimeInApp, cashiers: CashiersInApp
) -> CheckoutOut:
    """A page to pay what is due; asked again, the same page, as long as it asks for that."""
    return await pay_page.open_checkout(runtime, cashiers, invoice_id, body.token)


@webhooks.post(
    "/{provider}/{workspace_id}",
    status_code=204,
    dependencies=[WEBHOOKS],
    openapi_extra=EVENT,
    responses=problems(NotFound, NotGenuine, WrongCurrency, ProviderAway, TooManyRequests),
)
async def receive_payment_event(
    provider: Annotated[Literal["stripe", "test"], Path()],
    workspace_id: UUID,
    request: Request,
    runtime: RuntimeInApp,
    cashiers: CashiersInApp,
    signature: Annotated[str | None, Header(alias="Stripe-Signature", max_length=1000)] = None,
) -> None:
    """For the practice's payment provider: something happened to a payment. Told twice is once."""
    origin = taking_in.Origin(workspace_id=workspace_id, provider=provider)
    await taking_in.take_in(runtime, cashiers, origin, await request.body(), signature)
