"""What belongs to an invoice, as JSON columns of its card: all that one page shows, at once."""

from typing import Any

from sqlalchemy import ColumnElement, Numeric, Text, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.models import CreditNote, Invoice, InvoiceLine, Payment, Refund

LINE_FIELDS = (
    "id",
    "description",
    "quantity",
    "unit_amount_minor",
    "tax_rate",
    "discount_percent",
    "exempt_reason",
    "net_minor",
    "discount_minor",
)
PAYMENT_FIELDS = (
    "id",
    "provider",
    "method",
    "reference",
    "amount_minor",
    "refunded_minor",
    "unapplied_minor",
    "received_on",
    "created_at",
)
REFUND_FIELDS = (
    "id",
    "payment_id",
    "provider",
    "status",
    "amount_minor",
    "reason",
    "refunded_on",
    "created_at",
)
CREDIT_NOTE_FIELDS = (
    "id",
    "number",
    "issued_on",
    "reason",
    "subtotal_minor",
    "tax_minor",
    "total_minor",
    "created_at",
)


def _all_of(model: type[Any], fields: tuple[str, ...], order: str) -> ColumnElement[Any]:
    """An invoice's rows of a table as a JSON array of these fields; decimals are in words."""
    table = model.__table__
    pairs = (part for name in fields for part in (name, _exact(table.c[name])))
    ordered = aggregate_order_by(func.jsonb_build_object(*pairs), table.c[order])
    return (
        select(func.coalesce(func.jsonb_agg(ordered), func.jsonb_build_array()))
        .where(
            table.c.workspace_id == Invoice.workspace_id,
            table.c.invoice_id == Invoice.id,
        )
        .correlate(Invoice)
        .scalar_subquery()
    )


def _exact(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """JSON's numbers are read as floats."""
    return cast(column, Text) if isinstance(column.type, Numeric) else column


DETAILS = (
    _all_of(InvoiceLine, LINE_FIELDS, "position").label("lines"),
    _all_of(Payment, PAYMENT_FIELDS, "id").label("payments"),
    _all_of(Refund, REFUND_FIELDS, "id").label("refunds"),
    _all_of(CreditNote, CREDIT_NOTE_FIELDS, "id").label("credit_notes"),
)
