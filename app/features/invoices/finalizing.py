"""Making a draft an invoice: all is checked and written down, and the number comes last."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import day_in, now
from app.core.events import Actor, publish
from app.features.invoices.drafting import require_status
from app.features.invoices.events import InvoiceFinalized, about
from app.features.invoices.failures import InvoiceIncomplete
from app.features.invoices.parties import buyer_of, missing_in, seller_of
from app.features.invoices.reminders import follow
from app.models import Contact, Invoice, Workspace
from app.models.invoice_settings import invoice_settings
from app.repositories.contacts import ContactRepository
from app.repositories.invoice_numbers import number_invoice
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository


def today_in(workspace: Workspace) -> date:
    """The day it is where the practice is."""
    return day_in(workspace.time_zone, now())


async def finalize(invoices: InvoiceRepository, invoice: Invoice, *, actor: Actor) -> None:
    """Make a draft, whose row is locked, an invoice for good.

    Seller, buyer and taxes are written down, then it gets the next number of the practice's
    series: last, because whoever finalizes next waits for this transaction from then on. What
    comes to nothing is paid at once. Raises InvoiceState (409), and InvoiceIncomplete (422) with
    everything that is missing.
    """
    require_status(invoice, "draft")
    session = invoices.session
    workspace = await WorkspaceRepository(session, invoice.workspace_id).require()
    contact = await _hold(session, invoice)
    await _write_down(invoices, invoice, workspace, contact)
    await session.flush()
    if invoice.total_minor:
        await follow(session, invoice, workspace)
    await publish(session, InvoiceFinalized(**about(invoice, actor)))
    await number_invoice(
        session,
        invoice,
        series=invoice_settings(workspace)["number_prefix"],
        issued_on=invoice.issued_on or today_in(workspace),
        status="open" if invoice.total_minor else "paid",
    )


async def _hold(session: AsyncSession, invoice: Invoice) -> Contact:
    """The contact, locked: nobody deletes them, and the invoice with them, meanwhile."""
    return await ContactRepository(session, invoice.workspace_id).require(
        invoice.contact_id, lock=True
    )


async def _write_down(
    invoices: InvoiceRepository, invoice: Invoice, workspace: Workspace, contact: Contact
) -> None:
    seller, lines = seller_of(workspace), await invoices.lines(invoice.id)
    missing = missing_in(seller, taxed=any(line.tax_rate for line in lines))
    if not lines:
        missing.append("/lines")
    if missing:
        raise InvoiceIncomplete(missing)
    given = invoice.bill_to or await invoices.last_buyer(invoice.contact_id)
    invoice.seller, invoice.buyer = seller, buyer_of(contact, given, seller)
    invoice.issued_on = today_in(workspace)
    terms = timedelta(days=invoice_settings(workspace)["payment_terms_days"])
    invoice.due_on = invoice.due_on or invoice.issued_on + terms
    invoice.finalized_at = now()
    invoice.amount_due_minor = invoice.total_minor
    if not invoice.total_minor:
        invoice.paid_at = invoice.finalized_at
