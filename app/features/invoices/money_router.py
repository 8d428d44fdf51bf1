"""Money that comes for invoices and goes back, coach side."""

from fastapi import Response

from app.core.idempotency import IdempotencyRequired
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invoices import answers, paying
from app.features.invoices.failures import InvoiceState, RefundExceedsPayment, UnknownPayment
from app.features.invoices.paths import PaymentId, RefundWork, TeamWork
from app.features.invoices.schemas import InvoiceOut
from app.features.invoices.schemas_money import PaymentIn, RefundIn

router = api_router("/v1/invoices/{invoice_id}", "invoices")


@router.post(
    "/payments",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(InvoiceState),
)
async def enter_payment(work: TeamWork, body: PaymentIn, response: Response) -> InvoiceOut:
    """Enter money that came another way; what exceeds the amount due is kept as unapplied."""
    return answers.tagged(response, await paying.enter_payment(work, body))


@router.delete("/payments/{payment_id}", status_code=204, responses=problems(InvoiceState))
async def take_back_payment(work: TeamWork, payment_id: PaymentId) -> None:
    """Strike out a payment that was entered by mistake."""
    await paying.take_back_payment(work, payment_id)


@router.post(
    "/refunds",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(RefundExceedsPayment, UnknownPayment),
)
async def refund_payment(work: RefundWork, body: RefundIn, response: Response) -> InvoiceOut:
    """Give money back, never more than came; the client is told by e-mail."""
    return answers.tagged(response, await paying.pay_back(work, body))
