"""What strangers ask for, and lists show, of invoices."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import Contact, CreditNote, Invoice, InvoiceLine, InvoiceSchedule, Payment
from tests.make import Make, Person

NAMED = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
DAY = date(2026, 11, 3)

INVOICE_BODIES: dict[str, dict[str, Any]] = {
    "create_invoice": {"contact_id": NAMED},
    "change_invoice": {"memo": "Ours now"},
    "send_invoice": {},
    "enter_payment": {"amount_minor": 100},
    "refund_payment": {},
    "issue_credit_note": {},
    "connect_stripe": {"secret_key": "sk_test_1", "webhook_secret": "whsec_1"},
    "create_invoice_schedule": {
        "contact_id": NAMED,
        "starts_on": "2030-01-01",
        "lines": [{"description": "Coaching", "unit_amount_minor": 100}],
    },
    "change_invoice_schedule": {"memo": "Ours now"},
}


def open_invoice(workspace_id: UUID, contact_id: UUID) -> Invoice:
    """Finalized, for 100 EUR; numbered apart from all others."""
    invoice_id = new_id()
    return Invoice(
        workspace_id=workspace_id,
        id=invoice_id,
        contact_id=contact_id,
        status="open",
        number=f"T-{invoice_id}",
        sequence=1,
        currency="EUR",
        issued_on=DAY,
        due_on=DAY,
        seller={"name": "Practice", **dict.fromkeys(("address", "country", "tax_id", "email"))},
        buyer={"name": "Ada", **dict.fromkeys(("address", "country", "tax_id", "email"))},
        subtotal_minor=10000,
        total_minor=10000,
        amount_due_minor=10000,
    )


def payment_for(invoice: Invoice) -> Payment:
    """One euro of it."""
    return Payment(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        contact_id=invoice.contact_id,
        method="cash",
        currency="EUR",
        amount_minor=100,
        received_on=DAY,
    )


async def invoice(make: Make, owner: Person) -> UUID:
    """Open: nothing keeps its client, or it, from it."""
    return (await _kept(make, owner)).id


async def payment(make: Make, owner: Person) -> UUID:
    of = await _kept(make, owner)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = payment_for(of)
        session.add(row)
        await session.flush()
        return row.id


async def credit_note(make: Make, owner: Person) -> UUID:
    of = await _kept(make, owner)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = credit_note_for(of)
        session.add(row)
        await session.flush()
        return row.id


def credit_note_for(invoice: Invoice) -> CreditNote:
    """One euro of it."""
    return CreditNote(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        contact_id=invoice.contact_id,
        number=f"T-{new_id()}",
        sequence=1,
        currency="EUR",
        issued_on=DAY,
        seller=invoice.seller,
        buyer=invoice.buyer,
        subtotal_minor=100,
        tax_minor=0,
        total_minor=100,
    )


async def _kept(make: Make, owner: Person) -> Invoice:
    contact = await make.contact(workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = open_invoice(owner.workspace_id, contact.id)
        session.add(row)
        await session.flush()
        return row


async def invoices(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """Of different contacts (the reader's own, for a client), with a line each."""
    for _number in numbers:
        contact_id = reader.contact_id or await _contact(session, reader)
        row = open_invoice(reader.workspace_id, contact_id)
        session.add(row)
        await session.flush()
        session.add(_line(row))


async def _contact(session: AsyncSession, owner: Person) -> UUID:
    contact = Contact(workspace_id=owner.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


def _line(invoice: Invoice) -> InvoiceLine:
    charged = {"quantity": 1, "unit_amount_minor": 10000, "tax_rate": 0}
    sums = {"net_minor": 10000, "discount_minor": 0}
    return InvoiceLine(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        position=0,
        description="Coaching",
        **charged,
        **sums,
    )


async def invoice_schedule(make: Make, owner: Person) -> UUID:
    contact = await make.contact(workspace_id=owner.workspace_id)
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = _schedule(owner.workspace_id, contact.id)
        session.add(row)
        await session.flush()
        return row.id


async def invoice_schedules(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for _number in numbers:
        session.add(_schedule(owner.workspace_id, await _contact(session, owner)))


def _schedule(workspace_id: UUID, contact_id: UUID) -> InvoiceSchedule:
    template: dict[str, Any] = {"currency": "EUR", "lines": [], "discount": None}
    days = {"starts_on": DAY, "next_on": DAY, "unit": "month"}
    return InvoiceSchedule(
        workspace_id=workspace_id, contact_id=contact_id, template=template, **days
    )


INVOICE_TARGETS = {
    "invoice_id": invoice,
    "payment_id": payment,
    "credit_note_id": credit_note,
    "invoice_schedule_id": invoice_schedule,
}

INVOICE_CROWDS = {
    "list_invoice_schedules": invoice_schedules,
    "list_invoices": invoices,
    "list_portal_invoices": invoices,
}
