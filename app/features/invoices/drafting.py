"""Writing drafts, changing them, and letting them go."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.database_errors import violated_constraint
from app.core.events import Actor, publish
from app.core.ids import new_id
from app.features.invoices.events import InvoiceCreated, InvoiceDeleted, InvoiceUpdated, about
from app.features.invoices.failures import AmountTooLarge, DiscountTooLarge, InvoiceState
from app.features.invoices.paths import Desk, Work
from app.features.invoices.schemas import InvoiceChanges, InvoiceIn
from app.features.invoices.tax_totals import kept_totals
from app.features.invoices.totals import Discount, DiscountExceedsTotal, Line, Totals, totals_of
from app.models import Invoice, InvoiceLine
from app.repositories.invoice_cards import InvoiceCard
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository

MOST_MINOR = 2**53 - 1
COPIED = (
    "contact_id",
    "enrollment_id",
    "currency",
    "memo",
    "discount_percent",
    "discount_amount_minor",
    "bill_to",
)
LINE_COPIED = (
    "description",
    "quantity",
    "unit_amount_minor",
    "tax_rate",
    "discount_percent",
    "exempt_reason",
)


async def create_draft(desk: Desk, body: InvoiceIn) -> InvoiceCard:
    """Begin an invoice; nobody is told.

    Raises UnknownContact, UnknownEnrollment, DiscountTooLarge and AmountTooLarge (422).
    """
    values = body.model_dump()
    await _check_enrollment(desk.invoices, body.contact_id, body.enrollment_id)
    if body.currency is None:
        practice = WorkspaceRepository(desk.invoices.session, desk.invoices.workspace_id)
        values["currency"] = (await practice.require()).currency
    lines = [line_of(each) for each in values.pop("lines")]
    invoice = Invoice(id=new_id(), **discount_columns(values.pop("discount")), **values)
    await add_draft(desk.invoices, invoice, lines, actor=desk.principal.actor)
    return await desk.invoices.card(invoice.id)


async def add_draft(
    invoices: InvoiceRepository, invoice: Invoice, lines: Sequence[InvoiceLine], *, actor: Actor
) -> None:
    """Keep a new draft with its lines and sums; raises what `create_draft` does."""
    sum_up(invoice, lines)
    invoices.add(invoice)
    try:
        await invoices.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "invoices_workspace_id_contact_id_fkey":
            raise UnknownContact from None
        raise
    await invoices.replace_lines(invoice, lines)
    await publish(invoices.session, InvoiceCreated(**about(invoice, actor)))


async def _check_enrollment(
    invoices: InvoiceRepository, contact_id: UUID, enrollment_id: UUID | None
) -> None:
    if enrollment_id and not await invoices.is_enrolled(contact_id, enrollment_id):
        raise UnknownEnrollment


def line_of(values: dict[str, Any]) -> InvoiceLine:
    """A line as the API takes it, as a row without its sums."""
    less = values["discount_percent"]
    return InvoiceLine(
        id=new_id(),
        description=values["description"],
        quantity=Decimal(values["quantity"]),
        unit_amount_minor=values["unit_amount_minor"],
        tax_rate=Decimal(values["tax_rate"]),
        discount_percent=Decimal(less) if less is not None else None,
        exempt_reason=values["tax_exempt_reason"],
    )


def discount_columns(discount: dict[str, Any] | None) -> dict[str, Any]:
    """A discount as the API takes it, as the invoice's columns."""
    given = discount or {"percent": None, "amount_minor": None}
    percent = given["percent"]
    return {
        "discount_percent": Decimal(percent) if percent is not None else None,
        "discount_amount_minor": given["amount_minor"],
    }


def sum_up(invoice: Invoice, lines: Sequence[InvoiceLine]) -> None:
    """Write a draft's sums down, on itself and its lines.

    Raises DiscountTooLarge and AmountTooLarge (422).
    """
    totals = _totals(invoice, lines)
    if max(totals.total_minor, totals.subtotal_minor) > MOST_MINOR:
        raise AmountTooLarge
    sums = zip(lines, totals.nets, totals.shares, strict=True)
    for position, (line, net, part) in enumerate(sums):
        line.position, line.net_minor, line.discount_minor = position, net, part
    invoice.subtotal_minor, invoice.discount_minor = totals.subtotal_minor, totals.discount_minor
    invoice.tax_minor, invoice.total_minor = totals.tax_minor, totals.total_minor
    invoice.tax_totals = kept_totals(totals.taxes)


def _totals(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Totals:
    discount = Discount(
        percent=invoice.discount_percent, amount_minor=invoice.discount_amount_minor
    )
    try:
        return totals_of([priced_line(line) for line in lines], discount)
    except DiscountExceedsTotal:
        raise DiscountTooLarge from None


def priced_line(line: InvoiceLine) -> Line:
    """A line's row as the sums know it."""
    return Line(
        quantity=line.quantity,
        unit_amount_minor=line.unit_amount_minor,
        tax_rate=line.tax_rate,
        discount_percent=line.discount_percent,
        exempt_reason=line.exempt_reason,
    )


async def change_draft(work: Work, body: InvoiceChanges) -> InvoiceCard:
    """Give a draft other values; its sums follow.

    Raises InvoiceState (409), and what `create_draft` raises (422).
    """
    invoice, invoices = work.invoice, work.invoices
    require_status(invoice, "draft")
    whole = body.model_dump()
    values = {name: whole[name] for name in body.model_fields_set}
    given = values.pop("lines", None)
    if "discount" in values:
        values |= discount_columns(values.pop("discount"))
    await _check_enrollment(invoices, invoice.contact_id, values.get("enrollment_id"))
    for name, value in values.items():
        setattr(invoice, name, value)
    lines = [line_of(each) for each in given] if given is not None else None
    kept = await invoices.lines(invoice.id) if lines is None else lines
    sum_up(invoice, kept)
    if lines is not None:
        await invoices.replace_lines(invoice, lines)
    await invoices.session.flush()
    changed = tuple(sorted(body.model_fields_set))
    facts = about(invoice, work.principal.actor)
    await publish(invoices.session, InvoiceUpdated(**facts, changed=changed))
    return await invoices.card(invoice.id)


def require_status(invoice: Invoice, *allowed: str) -> None:
    """Refuse an invoice, whose row is locked, in any other status (409)."""
    if invoice.status not in allowed:
        raise InvoiceState(invoice)


async def delete_draft(work: Work) -> None:
    """Let a draft go, with its lines. Raises InvoiceState (409) once it is finalized."""
    require_status(work.invoice, "draft")
    await work.invoices.delete(work.invoice)
    event = InvoiceDeleted(**about(work.invoice, work.principal.actor))
    await publish(work.invoices.session, event)


async def duplicate(desk: Desk, invoice_id: UUID) -> InvoiceCard:
    """A draft that charges for the same, due when the practice's terms say. Raises NotFound."""
    original = await desk.invoices.require(invoice_id)
    copy = Invoice(id=new_id(), **{name: getattr(original, name) for name in COPIED})
    lines = [
        InvoiceLine(id=new_id(), **{name: getattr(line, name) for name in LINE_COPIED})
        for line in await desk.invoices.lines(invoice_id)
    ]
    await add_draft(desk.invoices, copy, lines, actor=desk.principal.actor)
    return await desk.invoices.card(copy.id)
