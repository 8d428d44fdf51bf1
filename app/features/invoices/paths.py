"""The invoices a caller works on, and the one a path names."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.audience import audience_of
from app.access.callers import CurrentClient, requires
from app.access.onboarding import Onboarding
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.models import Invoice
from app.repositories.invoices import InvoiceRepository

InvoiceId = Annotated[UUID, Path()]
CreditNoteId = Annotated[UUID, Path()]
PaymentId = Annotated[UUID, Path()]
Reader = Annotated[Principal, Depends(requires(Permission.INVOICES_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.INVOICES_WRITE))]
Refunder = Annotated[Principal, Depends(requires(Permission.INVOICES_REFUND))]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever works on invoices, the invoices they see, and whom payments let into programs."""

    invoices: InvoiceRepository
    principal: Principal
    onboarding: Onboarding


@dataclass(frozen=True, slots=True)
class Work(Desk):
    """The same with the invoice the path names, its row locked."""

    invoice: Invoice


async def team_invoices(reader: Reader, session: TenantSession) -> InvoiceRepository:
    """The invoices the team sees."""
    return InvoiceRepository(session, audience_of(reader))


async def team_desk(writer: Writer, session: TenantSession, runtime: RuntimeInApp) -> Desk:
    """A member of the team at work."""
    return Desk(InvoiceRepository(session, audience_of(writer)), writer, runtime.onboarding)


async def client_invoices(client: CurrentClient, session: TenantSession) -> InvoiceRepository:
    """The invoices the calling client sees."""
    return InvoiceRepository(session, audience_of(client))


TeamInvoices = Annotated[InvoiceRepository, Depends(team_invoices)]
ClientInvoices = Annotated[InvoiceRepository, Depends(client_invoices)]
TeamDesk = Annotated[Desk, Depends(team_desk)]


async def team_work(desk: TeamDesk, invoice_id: InvoiceId) -> Work:
    """The invoice of the practice the path names."""
    return await _work_on(desk, invoice_id)


async def refund_work(
    refunder: Refunder, session: TenantSession, runtime: RuntimeInApp, invoice_id: InvoiceId
) -> Work:
    """The same for whoever may give money back."""
    invoices = InvoiceRepository(session, audience_of(refunder))
    return await _work_on(Desk(invoices, refunder, runtime.onboarding), invoice_id)


async def _work_on(desk: Desk, invoice_id: UUID) -> Work:
    invoice = await desk.invoices.require(invoice_id, lock=True)
    return Work(desk.invoices, desk.principal, desk.onboarding, invoice)


TeamWork = Annotated[Work, Depends(team_work)]
RefundWork = Annotated[Work, Depends(refund_work)]
