"""All invoices as a table: streamed page by page, holding no connection between two."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from fastapi.responses import StreamingResponse

from app.access.runtime import Runtime
from app.core.csv_text import csv_line
from app.core.file_names import disposition
from app.core.money import in_major_units
from app.repositories.audiences import Audience
from app.repositories.invoice_cards import InvoiceCard, InvoiceFilter
from app.repositories.invoices import InvoiceRepository

ROWS_AT_ONCE = 500

PLAIN = (
    *("number", "status", "overdue", "issued_on", "due_on", "contact_name", "contact_id"),
    "currency",
)
AMOUNTS = ("subtotal", "discount", "tax", "total", "amount_paid", "amount_due")
MORE_AMOUNTS = ("amount_refunded", "amount_credited", "unapplied")
INSTANTS = ("finalized_at", "sent_at", "paid_at", "closed_at")
HEAD = ("id", *PLAIN, *AMOUNTS, *MORE_AMOUNTS, *INSTANTS)


class CsvResponse(StreamingResponse):
    """A table, for the OpenAPI document."""

    media_type = "text/csv"


async def export(runtime: Runtime, audience: Audience, chosen: InvoiceFilter) -> CsvResponse:
    """The invoices that match, newest first; amounts are in major units, `123.45`."""
    first = await _page(runtime, audience, chosen, before=None)
    headers = {"Content-Disposition": disposition("invoices.csv", inline=False)}
    return CsvResponse(_lines(runtime, audience, chosen, first=first), headers=headers)


async def _lines(
    runtime: Runtime, audience: Audience, chosen: InvoiceFilter, *, first: Sequence[InvoiceCard]
) -> AsyncIterator[str]:
    yield csv_line(HEAD)
    page = first
    while page:
        yield "".join(csv_line(_cells(card)) for card in page[:ROWS_AT_ONCE])
        if len(page) <= ROWS_AT_ONCE:
            return
        page = await _page(runtime, audience, chosen, before=page[ROWS_AT_ONCE - 1].id)


async def _page(
    runtime: Runtime, audience: Audience, chosen: InvoiceFilter, *, before: UUID | None
) -> Sequence[InvoiceCard]:
    async with runtime.database.reading(audience.workspace_id) as session:
        invoices = InvoiceRepository(session, audience)
        return await invoices.page(chosen, before=before, limit=ROWS_AT_ONCE)


def _cells(card: InvoiceCard) -> list[Any]:
    amounts = (getattr(card, f"{name}_minor") for name in (*AMOUNTS, *MORE_AMOUNTS))
    instants = (getattr(card, name) for name in INSTANTS)
    return [
        card.id,
        *(getattr(card, name) for name in PLAIN),
        *(in_major_units(amount, card.currency) for amount in amounts),
        *(at.isoformat() if at else None for at in instants),
    ]
