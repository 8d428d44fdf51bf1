"""All that happened to a contact's account, in the order it did."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CreditNote, Invoice, Payment, Refund

EntryRow = Row[*tuple[Any, ...]]
"""`kind, day, invoice_id, number, currency, amount_minor, settled, void, id`."""


def _of_invoices(
    kind: str, model: type[Any], day: Any, amount: Any, *, number: Any = Invoice.number
) -> Select[Any]:
    """A kind of entry: rows of a table, each with its invoice."""
    statement = select(
        literal(kind).label("kind"),
        day.label("day"),
        Invoice.id.label("invoice_id"),
        number.label("number"),
        Invoice.currency,
        amount.label("amount_minor"),
        (Invoice.status == "paid").label("settled"),
        (Invoice.status == "void").label("void"),
        model.id.label("id"),
    )
    if model is not Invoice:
        statement = statement.select_from(model).join(
            Invoice,
            and_(Invoice.workspace_id == model.workspace_id, Invoice.id == model.invoice_id),
        )
    return statement.where(
        model.workspace_id == bindparam("workspace_id"),
        model.contact_id == bindparam("contact_id"),
        Invoice.status != "draft",
        day <= bindparam("until"),
    )


ENTRIES = union_all(
    _of_invoices("invoice", Invoice, Invoice.issued_on, Invoice.total_minor),
    _of_invoices(
        "credit_note",
        CreditNote,
        CreditNote.issued_on,
        CreditNote.total_minor,
        number=CreditNote.number,
    ),
    _of_invoices("payment", Payment, Payment.received_on, Payment.amount_minor),
    _of_invoices("refund", Refund, Refund.refunded_on, Refund.amount_minor).where(
        Refund.status == "succeeded"
    ),
).subquery()

STATEMENT = select(ENTRIES).order_by(ENTRIES.c.day, ENTRIES.c.id)


async def entries_of(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID, *, until: date
) -> Sequence[EntryRow]:
    """What concerned a contact's account up to a day, that day included; one statement."""
    values = {"workspace_id": workspace_id, "contact_id": contact_id, "until": until}
    found: Sequence[EntryRow] = (await session.execute(STATEMENT, values)).all()
    return found
