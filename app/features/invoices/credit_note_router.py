"""Credit notes, and their papers: the coach issues them, the client gets them."""

from fastapi import Request, Response

from app.access.audience import audience_of
from app.access.callers import CurrentClient
from app.access.runtime import RuntimeInApp
from app.core.idempotency import IdempotencyRequired
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invoices.crediting import issue_credit_note as issued
from app.features.invoices.failures import CreditExceedsInvoice, InvoiceState, UnknownInvoiceLine
from app.features.invoices.handing_out import PdfResponse, pdf_of
from app.features.invoices.paths import CreditNoteId, InvoiceId, Reader, RefundWork
from app.features.invoices.schemas_money import CreditNoteIn, CreditNoteOut

router = api_router("/v1/invoices/{invoice_id}/credit-notes", "invoices")
portal_credit_notes = api_router("/v1/portal/invoices/{invoice_id}/credit-notes", "invoices")


@router.post(
    "",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(InvoiceState, CreditExceedsInvoice, UnknownInvoiceLine),
)
async def issue_credit_note(
    work: RefundWork, body: CreditNoteIn, response: Response
) -> CreditNoteOut:
    """Take back an invoice, or part of it, for good; the client gets the paper by e-mail."""
    note = await issued(work, body)
    response.headers["Location"] = f"/v1/invoices/{note.invoice_id}/credit-notes/{note.id}/pdf"
    return CreditNoteOut.model_validate(note)


@router.get("/{credit_note_id}/pdf", response_class=PdfResponse)
async def get_credit_note_pdf(
    invoice_id: InvoiceId,
    credit_note_id: CreditNoteId,
    reader: Reader,
    runtime: RuntimeInApp,
    request: Request,
) -> Response:
    """The printed credit note: PDF/A-3 with its EN 16931 reading inside."""
    return await pdf_of(runtime, audience_of(reader), invoice_id, credit_note_id, request=request)


@portal_credit_notes.get("/{credit_note_id}/pdf", response_class=PdfResponse)
async def get_portal_credit_note_pdf(
    invoice_id: InvoiceId,
    credit_note_id: CreditNoteId,
    client: CurrentClient,
    runtime: RuntimeInApp,
    request: Request,
) -> Response:
    """The printed credit note."""
    return await pdf_of(runtime, audience_of(client), invoice_id, credit_note_id, request=request)
