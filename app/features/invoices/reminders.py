"""Reminding clients of what is due: one job an invoice, which waits for the next day it is for."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now, zone_named
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.invoices.events import InvoiceDueSoon, InvoiceOverdue, about
from app.models import Invoice, Workspace
from app.models.invoice_settings import invoice_settings
from app.repositories.audiences import Audience
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository
from app.repositories.zones import zone_of

KIND = "invoice.remind"
"""Kind of the job that reminds a client of one invoice."""

HOUR = time(9)
"""When clients are reminded, by their own clock."""

Moment = tuple[datetime, int]
"""When a reminder is due, and how many days after the invoice is (negative ones: before)."""


async def follow(session: AsyncSession, invoice: Invoice, workspace: Workspace) -> None:
    """Ask for the next reminder of an open invoice; there may be none left."""
    await forget(session, invoice)
    zone = await zone_of(session, invoice.workspace_id, invoice.contact_id)
    coming = [moment for moment in _moments(invoice, workspace, zone) if moment[0] > now()]
    if coming:
        await enqueue(session, _job(invoice, coming[0]))


async def forget(session: AsyncSession, invoice: Invoice) -> None:
    """Take the reminder back."""
    await cancel(session, _key(invoice))


def _moments(invoice: Invoice, workspace: Workspace, zone: str) -> list[Moment]:
    """All reminders of an invoice, as the practice wants them now, in order."""
    days: Iterable[int] = invoice_settings(workspace)["reminder_days"]
    due_on = invoice.due_on or date.max
    return sorted(
        (datetime.combine(due_on + timedelta(days=day), HOUR, zone_named(zone)), day)
        for day in days
    )


def _job(invoice: Invoice, moment: Moment) -> NewJob:
    payload = {
        "workspace_id": invoice.workspace_id,
        "invoice_id": invoice.id,
        "meant_for": moment[0],
    }
    return NewJob(kind=KIND, payload=payload, key=_key(invoice), run_at=moment[0])


def _key(invoice: Invoice) -> str:
    return f"invoice:{invoice.id}:reminder"


async def remind(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, *, meant_for: datetime
) -> None:
    """What the job does when its day has come: look again, remind, and wait for the next day.

    After a downtime the client is reminded once, however many days went by.
    """
    try:
        invoices = InvoiceRepository(session, Audience.team(workspace_id))
        invoice = await invoices.require(invoice_id, lock=True)
    except NotFound:
        return
    if invoice.status != "open":
        return
    workspace = await WorkspaceRepository(session, workspace_id).require()
    zone = await zone_of(session, workspace_id, invoice.contact_id)
    missed = [m for m in _moments(invoice, workspace, zone) if meant_for <= m[0] <= now()]
    if missed:
        await publish(session, _reminder(invoice, missed[-1][1]))
    await follow(session, invoice, workspace)


def _reminder(invoice: Invoice, days: int) -> InvoiceDueSoon | InvoiceOverdue:
    facts = about(invoice, SYSTEM)
    if days > 0:
        return InvoiceOverdue(**facts, days=days)
    return InvoiceDueSoon(**facts, days=-days)
