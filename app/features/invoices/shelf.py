"""The printed papers of a practice: found, or printed now, and kept as they are from then on."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.documents.failures import DocumentFailure
from app.core.documents.print_shop import PrintShop
from app.core.storage import Storage
from app.features.invoices.papers import (
    Paper,
    paper_of_credit_note,
    paper_of_invoice,
    paper_of_receipt,
)
from app.features.invoices.printing import kept, printed
from app.repositories.audiences import Audience
from app.repositories.images import ImageRepository
from app.repositories.invoice_money import CreditNoteRepository, PaymentRepository
from app.repositories.invoices import InvoiceRepository


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper, the logo on it, and where it is kept if it was printed before."""

    paper: Paper
    logo: bytes | None
    pdf_key: str | None


async def wanted(
    session: AsyncSession, audience: Audience, invoice_id: UUID, credit_note_id: UUID | None = None
) -> Wanted | None:
    """What there is to print of an invoice, or of one of its credit notes; None for a draft.

    At most five statements. Raises NotFound for what the audience does not see.
    """
    invoices = InvoiceRepository(session, audience)
    invoice = await invoices.require(invoice_id)
    if invoice.status == "draft":
        return None
    if credit_note_id is None:
        paper, key = paper_of_invoice(invoice, await invoices.lines(invoice_id)), invoice.pdf_key
    else:
        notes = CreditNoteRepository(session, audience.workspace_id)
        note = await notes.one_of(invoice_id, credit_note_id)
        paper, key = paper_of_credit_note(note, await notes.lines(note.id), invoice), note.pdf_key
    return Wanted(paper, None if key else await _logo(session, paper), key)


async def _logo(session: AsyncSession, paper: Paper) -> bytes | None:
    """The logo the seller had; None once it was deleted."""
    named: str | None = paper.seller["logo_file_id"]
    if named is None:
        return None
    return await ImageRepository(session, paper.workspace_id).content(UUID(named))


async def receipt(session: AsyncSession, audience: Audience, invoice_id: UUID) -> Wanted | None:
    """What there is to print of a paid invoice's receipt; None while it is not paid.

    Four statements. Raises NotFound for what the audience does not see.
    """
    invoices = InvoiceRepository(session, audience)
    invoice = await invoices.require(invoice_id)
    if invoice.status != "paid" or not invoice.amount_paid_minor:
        return None
    payments = await PaymentRepository(session, invoice.workspace_id).of_invoice(invoice_id)
    paper = paper_of_receipt(invoice, await invoices.lines(invoice_id), payments)
    return Wanted(paper, await _logo(session, paper), None)


async def print_once(shop: PrintShop, storage: Storage, found: Wanted, *, portal_url: str) -> str:
    """Print a paper and store it; the key."""
    pdf = await print_now(shop, found, portal_url=portal_url)
    return await kept(storage, found.paper, pdf)


async def print_now(shop: PrintShop, found: Wanted, *, portal_url: str) -> bytes:
    """A paper as PDF; with a logo nobody can draw, without it."""
    try:
        return await printed(shop, found.paper, logo=found.logo, portal_url=portal_url)
    except DocumentFailure:
        if found.logo is None:
            raise
        return await printed(shop, found.paper, logo=None, portal_url=portal_url)


async def remember(session: AsyncSession, paper: Paper, key: str) -> str:
    """Note where a paper is kept, unless another was quicker; where it is kept now."""
    if paper.kind == "credit_note":
        notes = CreditNoteRepository(session, paper.workspace_id)
        return await notes.keep_pdf(paper.id, key)
    invoices = InvoiceRepository(session, Audience.team(paper.workspace_id))
    return await invoices.keep_pdf(paper.id, key)
