"""The printed invoice by the mailed link that pays it, without signing in."""

from fastapi import Response

from app.access.limits import per_address
from app.access.pay_links import PayTokenIn, practice_paid_at
from app.access.runtime import RuntimeInApp
from app.core.errors import NotFound, TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.invoices.handing_out import NotFinal, PdfResponse, pdf_of
from app.features.invoices.paths import InvoiceId
from app.repositories.audiences import Audience

router = api_router("/v1/public/invoices/{invoice_id}", "invoices")

LINKS = per_address(Policy(name="invoice-links", limit=60, per_seconds=60))


@router.post(
    "/pdf",
    response_class=PdfResponse,
    dependencies=[LINKS],
    responses=problems(InvalidToken, NotFinal, TooManyRequests),
)
async def print_invoice_of_link(
    invoice_id: InvoiceId, body: PayTokenIn, runtime: RuntimeInApp
) -> Response:
    """The printed invoice behind a link; changes nothing."""
    workspace_id = practice_paid_at(runtime.mint, invoice_id, body.token)
    try:
        return await pdf_of(runtime, Audience.team(workspace_id), invoice_id)
    except NotFound:
        raise InvalidToken from None
