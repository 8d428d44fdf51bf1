"""What the practice asks its clients to pay, coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.audience import audience_of
from app.access.contacts import UnknownContact, UnknownEnrollment
from app.access.runtime import RuntimeInApp
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invoices import answers, drafting, finalizing, states
from app.features.invoices.exporting import CsvResponse, export
from app.features.invoices.failures import (
    AmountTooLarge,
    DiscountTooLarge,
    InvoiceHasPayments,
    InvoiceIncomplete,
    InvoiceState,
)
from app.features.invoices.handing_out import NotFinal, NotPaid, PdfResponse, pdf_of, receipt_of
from app.features.invoices.paths import InvoiceId, Reader, TeamDesk, TeamInvoices, TeamWork
from app.features.invoices.schemas import (
    ExportQuery,
    InvoiceChanges,
    InvoiceIn,
    InvoiceOut,
    InvoiceQuery,
    InvoiceSummary,
    SendIn,
)

router = api_router("/v1/invoices", "invoices")

UNACCEPTABLE = (UnknownEnrollment, DiscountTooLarge, AmountTooLarge)


@router.post("", status_code=201, responses=problems(UnknownContact, *UNACCEPTABLE))
async def create_invoice(desk: TeamDesk, body: InvoiceIn, response: Response) -> InvoiceOut:
    """Begin a draft; nobody is told."""
    card = await drafting.create_draft(desk, body)
    response.headers["Location"] = f"/v1/invoices/{card.id}"
    return answers.tagged(response, card)


@router.get("")
async def list_invoices(
    query: Annotated[InvoiceQuery, Query()], invoices: TeamInvoices
) -> Page[InvoiceSummary]:
    """All invoices, newest first; `overdue` and `partially_paid` are statuses here, too."""
    return await answers.list_invoices(invoices, query)


@router.get("/export", response_class=CsvResponse)
async def export_invoices(
    query: Annotated[ExportQuery, Query()], reader: Reader, runtime: RuntimeInApp
) -> CsvResponse:
    """All that match as CSV, newest first; no cell of it is taken for a formula."""
    return await export(runtime, audience_of(reader), query.filter())


@router.get("/{invoice_id}", response_model=InvoiceOut)
async def get_invoice(
    invoice_id: InvoiceId, invoices: TeamInvoices, request: Request, response: Response
) -> InvoiceOut | Response:
    """One invoice with its lines, payments, refunds and credit notes."""
    return answers.tagged_or_known(request, response, await invoices.card(invoice_id))


@router.get("/{invoice_id}/pdf", response_class=PdfResponse, responses=problems(NotFinal))
async def get_invoice_pdf(
    invoice_id: InvoiceId, reader: Reader, runtime: RuntimeInApp, request: Request
) -> Response:
    """The printed invoice: PDF/A-3 with its EN 16931 reading inside; the same bytes for ever."""
    return await pdf_of(runtime, audience_of(reader), invoice_id, request=request)


@router.get("/{invoice_id}/receipt", response_class=PdfResponse, responses=problems(NotPaid))
async def get_invoice_receipt(
    invoice_id: InvoiceId, reader: Reader, runtime: RuntimeInApp
) -> Response:
    """What was paid for an invoice, and when, as PDF."""
    return await receipt_of(runtime, audience_of(reader), invoice_id)


@router.patch("/{invoice_id}", responses=problems(InvoiceState, VersionRequired, *UNACCEPTABLE))
async def change_invoice(
    work: TeamWork, body: InvoiceChanges, response: Response, if_match: IfMatch = None
) -> InvoiceOut:
    """Change a draft; `If-Match` is required, so that nobody's figures get lost."""
    check_version(work.invoice.version, if_match, required=True)
    return answers.tagged(response, await drafting.change_draft(work, body))


@router.delete("/{invoice_id}", status_code=204, responses=problems(InvoiceState))
async def delete_invoice(work: TeamWork) -> None:
    """Let a draft go; what was finalized is voided instead."""
    await drafting.delete_draft(work)


@router.post("/{invoice_id}/duplicate", status_code=201)
async def duplicate_invoice(
    desk: TeamDesk, invoice_id: InvoiceId, response: Response
) -> InvoiceOut:
    """A new draft that charges the same contact for the same."""
    card = await drafting.duplicate(desk, invoice_id)
    response.headers["Location"] = f"/v1/invoices/{card.id}"
    return answers.tagged(response, card)


@router.post("/{invoice_id}/finalize", responses=problems(InvoiceState, InvoiceIncomplete))
async def finalize_invoice(work: TeamWork, response: Response) -> InvoiceOut:
    """Make a draft an invoice for good: it gets the next number, and never changes again."""
    await finalizing.finalize(work.invoices, work.invoice, actor=work.principal.actor)
    return answers.tagged(response, await work.invoices.card(work.invoice.id))


@router.post(
    "/{invoice_id}/send",
    dependencies=[IdempotencyRequired],
    responses=problems(InvoiceState),
)
async def send_invoice(work: TeamWork, body: SendIn, response: Response) -> InvoiceOut:
    """Send a finalized invoice to the client by e-mail, with its PDF; or once more."""
    return answers.tagged(response, await states.send_invoice(work, body.message))


@router.post("/{invoice_id}/void", responses=problems(InvoiceState, InvoiceHasPayments))
async def void_invoice(work: TeamWork, response: Response) -> InvoiceOut:
    """Let an unpaid invoice count no longer; it keeps its number, and the client is told."""
    return answers.tagged(response, await states.void_invoice(work))


@router.post("/{invoice_id}/uncollectible", responses=problems(InvoiceState))
async def give_up_invoice(work: TeamWork, response: Response) -> InvoiceOut:
    """No longer expect to be paid: nobody is reminded. Should money come, it still counts."""
    return answers.tagged(response, await states.give_up(work))
