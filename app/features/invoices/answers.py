"""Invoices' rows as answers."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.core.etags import etag, not_modified
from app.core.paging import Page, cut_page, decode_cursor
from app.features.invoices.fields import plain
from app.features.invoices.schemas import (
    BillToOut,
    DiscountOut,
    InvoiceOut,
    InvoicePartyOut,
    InvoiceSummary,
    LineOut,
    PortalInvoiceQuery,
    TaxTotalOut,
)
from app.features.invoices.schemas_money import CreditNoteOut, PaymentOut, RefundOut
from app.repositories.invoice_cards import InvoiceCard
from app.repositories.invoices import InvoiceRepository

ORDER = "newest_first"
PARTY = ("name", "address", "country", "tax_id", "email")


def summary_out(card: InvoiceCard) -> InvoiceSummary:
    """An invoice as lists give it."""
    return InvoiceSummary.model_construct(**_summary(card))


def _summary(card: InvoiceCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in InvoiceSummary.model_fields}


def invoice_out(card: InvoiceCard) -> InvoiceOut:
    """An invoice with all that belongs to it."""
    return InvoiceOut.model_construct(
        **_summary(card),
        memo=card.memo,
        bill_to=BillToOut.model_construct(**card.bill_to) if card.bill_to else None,
        seller=_party(card.seller),
        buyer=_party(card.buyer),
        lines=[_line(each) for each in card.lines],
        discount=_discount(card),
        tax_totals=[TaxTotalOut.model_construct(**each) for each in card.tax_totals],
        payments=[PaymentOut.model_validate(each) for each in card.payments],
        refunds=[RefundOut.model_validate(each) for each in card.refunds],
        credit_notes=[CreditNoteOut.model_validate(each) for each in card.credit_notes],
    )


def _party(snapshot: dict[str, Any] | None) -> InvoicePartyOut | None:
    if snapshot is None:
        return None
    shown: dict[str, Any] = {name: snapshot[name] for name in PARTY}
    return InvoicePartyOut.model_construct(**shown)


def _line(line: dict[str, Any]) -> LineOut:
    less = line["discount_percent"]
    made = {
        "quantity": plain(Decimal(line["quantity"])),
        "tax_rate": plain(Decimal(line["tax_rate"])),
        "discount_percent": plain(Decimal(less)) if less else None,
        "tax_exempt_reason": line["exempt_reason"],
    }
    return LineOut.model_validate({**line, **made})


def _discount(card: InvoiceCard) -> DiscountOut | None:
    if card.discount_percent is None and card.discount_amount_minor is None:
        return None
    return DiscountOut.model_construct(
        percent=plain(card.discount_percent), amount_minor=card.discount_amount_minor
    )


def tagged(response: Response, card: InvoiceCard) -> InvoiceOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = _tag(card)
    return invoice_out(card)


def tagged_or_known(
    request: Request, response: Response, card: InvoiceCard
) -> InvoiceOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, _tag(card)) or tagged(response, card)


def _tag(card: InvoiceCard) -> str:
    """The day makes an invoice overdue without an edit, a refund's answer makes it final."""
    return etag(card.version, card.overdue, card.contact_name, card.refunds, card.payments)


async def list_invoices(
    invoices: InvoiceRepository, query: PortalInvoiceQuery
) -> Page[InvoiceSummary]:
    """A page of invoices, newest first."""
    rows = await invoices.page(query.filter(), before=_position(query), limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[InvoiceSummary].model_construct(
        data=[summary_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: PortalInvoiceQuery) -> UUID | None:
    if query.cursor is None:
        return None
    invoice_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return invoice_id
