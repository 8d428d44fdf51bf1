"""What a client is asked to pay, and has paid."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.audience import audience_of
from app.access.callers import CurrentClient
from app.access.runtime import RuntimeInApp
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invoices import answers
from app.features.invoices.handing_out import NotPaid, PdfResponse, pdf_of, receipt_of
from app.features.invoices.paths import ClientInvoices, InvoiceId
from app.features.invoices.schemas import InvoiceOut, InvoiceSummary, PortalInvoiceQuery

router = api_router("/v1/portal/invoices", "invoices")


@router.get("")
async def list_portal_invoices(
    query: Annotated[PortalInvoiceQuery, Query()], invoices: ClientInvoices
) -> Page[InvoiceSummary]:
    """One's own invoices, newest first; drafts are not there yet."""
    return await answers.list_invoices(invoices, query)


@router.get("/{invoice_id}", response_model=InvoiceOut)
async def get_portal_invoice(
    invoice_id: InvoiceId, invoices: ClientInvoices, request: Request, response: Response
) -> InvoiceOut | Response:
    """One invoice with its lines, payments, refunds and credit notes."""
    return answers.tagged_or_known(request, response, await invoices.card(invoice_id))


@router.get("/{invoice_id}/pdf", response_class=PdfResponse)
async def get_portal_invoice_pdf(
    invoice_id: InvoiceId, client: CurrentClient, runtime: RuntimeInApp, request: Request
) -> Response:
    """The printed invoice."""
    return await pdf_of(runtime, audience_of(client), invoice_id, request=request)


@router.get("/{invoice_id}/receipt", response_class=PdfResponse, responses=problems(NotPaid))
async def get_portal_invoice_receipt(
    invoice_id: InvoiceId, client: CurrentClient, runtime: RuntimeInApp
) -> Response:
    """What one paid for an invoice, and when, as PDF."""
    return await receipt_of(runtime, audience_of(client), invoice_id)
