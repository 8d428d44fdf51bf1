"""Invoices as the API takes and gives them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.fields import (
    UNCHANGED,
    CountryCode,
    Currency,
    Day,
    Filters,
    In,
    Int8,
    Line,
    Out,
    Text,
)
from app.core.paging import PageQuery
from app.features.invoices.fields import (
    MOST_LINES,
    Description,
    Memo,
    Percent,
    Quantity,
    Reason,
    UnitAmount,
)
from app.features.invoices.schemas_money import CreditNoteOut, PaymentOut, RefundOut
from app.repositories.invoice_cards import InvoiceFilter

InvoiceStatus = Literal["draft", "open", "paid", "void", "uncollectible"]
StatusFilter = InvoiceStatus | Literal["overdue", "partially_paid"]


class LineIn(In):
    """What is charged for: `quantity` times `unit_amount_minor`, less a percentage, plus tax.

    `tax_exempt_reason` is said of what is exempt, say by article of the law; it asks for a
    `tax_rate` of 0.
    """

    description: Description
    quantity: Quantity = "1"
    unit_amount_minor: UnitAmount
    tax_rate: Percent = "0"
    discount_percent: Percent | None = None
    tax_exempt_reason: Reason | None = None

    @model_validator(mode="after")
    def exempt_is_untaxed(self) -> Self:
        """Refuse a reason for not taxing what is taxed."""
        if self.tax_exempt_reason is not None and Decimal(self.tax_rate):
            raise ValueError("what is exempt has a tax_rate of 0")
        return self


class DiscountIn(In):
    """Off the whole invoice, before tax: `percent` or `amount_minor`."""

    percent: Percent | None = None
    amount_minor: Annotated[Int8, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def one_kind(self) -> Self:
        """Refuse both at once, and neither."""
        if (self.percent is None) == (self.amount_minor is None):
            raise ValueError("send either percent or amount_minor")
        return self


class BillTo(In):
    """Whom the invoice names as its buyer; what is left out is the contact's own.

    Left out as a whole, it is whom the contact's latest invoice named.
    """

    name: Annotated[str, Line(200)] | None = None
    address: Annotated[str, Text(500)] | None = None
    country: CountryCode | None = None
    tax_id: Annotated[str, Line(50)] | None = None


Lines = Annotated[list[LineIn], Field(max_length=MOST_LINES)]


class InvoiceIn(In):
    """A new draft; nobody but the team sees it until it is finalized."""

    contact_id: UUID
    enrollment_id: UUID | None = None
    currency: Currency | None = None
    """Default: the practice's."""
    due_on: Day | None = None
    """Default: so many days after the day of issue as the practice's terms say."""
    lines: Lines = []
    discount: DiscountIn | None = None
    memo: Memo = ""
    bill_to: BillTo | None = None


class InvoiceChanges(In):
    """What to change of a draft. What is left out stays; `lines` are replaced as a whole."""

    enrollment_id: UUID | None = UNCHANGED
    currency: Currency = UNCHANGED
    due_on: Day | None = UNCHANGED
    lines: Lines = UNCHANGED
    discount: DiscountIn | None = UNCHANGED
    memo: Memo = UNCHANGED
    bill_to: BillTo | None = UNCHANGED


class SendIn(In):
    """What to say along with the invoice, in the coach's own words."""

    message: Annotated[str, Text(2000)] | None = None


class PortalInvoiceQuery(PageQuery):
    """Which invoices; newest first. `number` may be part of one."""

    status: StatusFilter | None = None
    number: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    issued_from: Day | None = None
    issued_to: Day | None = None
    due_before: Day | None = None

    def filter(self) -> InvoiceFilter:
        """The conditions alone."""
        return InvoiceFilter(**self.model_dump(exclude={"cursor", "limit"}))


class InvoiceQuery(PortalInvoiceQuery):
    """Which invoices; newest first. `number` may be part of one."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    schedule_id: UUID | None = None


class ExportQuery(Filters):
    """Which invoices, all of them; as in the list."""

    status: StatusFilter | None = None
    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    schedule_id: UUID | None = None
    issued_from: Day | None = None
    issued_to: Day | None = None
    due_before: Day | None = None

    def filter(self) -> InvoiceFilter:
        """The conditions."""
        return InvoiceFilter(**self.model_dump())


class InvoiceSummary(Out):
    """An invoice in a list; amounts are in minor units of `currency`.

    `amount_paid_minor` settles the invoice, `unapplied_minor` came beyond it. `installment` is
    which of its enrollment's invoices it is.
    """

    id: UUID
    contact_id: UUID
    contact_name: str
    enrollment_id: UUID | None
    installment: int | None
    schedule_id: UUID | None
    status: InvoiceStatus
    overdue: bool
    partially_paid: bool
    number: str | None
    currency: str
    issued_on: date | None
    due_on: date | None
    subtotal_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    amount_paid_minor: int
    amount_due_minor: int
    amount_refunded_minor: int
    amount_credited_minor: int
    unapplied_minor: int
    finalized_at: datetime | None
    sent_at: datetime | None
    paid_at: datetime | None
    closed_at: Annotated[
        datetime | None, Field(description="When it became void or uncollectible.")
    ]
    version: int
    created_at: datetime
    updated_at: datetime


class LineOut(Out):
    """What is charged for. `net_minor` is less its own discount, and before the document's."""

    id: UUID
    description: str
    quantity: str
    unit_amount_minor: int
    tax_rate: str
    discount_percent: str | None
    tax_exempt_reason: str | None
    net_minor: int
    discount_minor: Annotated[int, Field(description="Its part of the document's discount.")]


class DiscountOut(Out):
    """Off the whole invoice: a percentage, or an amount in minor units."""

    percent: str | None
    amount_minor: int | None


class TaxTotalOut(Out):
    """All that is taxed at one rate."""

    rate: str
    exempt: bool
    base_minor: int
    tax_minor: int


class InvoicePartyOut(Out):
    """A seller or buyer, as the invoice names them for ever."""

    name: str
    address: str | None
    country: str | None
    tax_id: str | None
    email: str | None


class BillToOut(Out):
    """Whom a draft will name as its buyer."""

    name: str | None
    address: str | None
    country: str | None
    tax_id: str | None


class InvoiceOut(InvoiceSummary):
    """An invoice with its lines and all that was paid."""

    memo: str
    bill_to: BillToOut | None
    seller: InvoicePartyOut | None
    buyer: InvoicePartyOut | None
    lines: list[LineOut]
    discount: DiscountOut | None
    tax_totals: list[TaxTotalOut]
    payments: list[PaymentOut]
    refunds: list[RefundOut]
    credit_notes: list[CreditNoteOut]
