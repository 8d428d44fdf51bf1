"""Payments, refunds and credit notes as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.fields import Day, In, Line, Out
from app.features.invoices.fields import MOST_LINES, Amount, Reason

Method = Literal["bank_transfer", "cash", "card", "cheque", "paypal", "other"]


class PaymentIn(In):
    """Money that came without Atrium's doing; in minor units of the invoice's currency.

    What exceeds the amount due is kept as unapplied.
    """

    amount_minor: Amount
    method: Method = "bank_transfer"
    received_on: Day | None = None
    """Default: today."""
    reference: Annotated[str, Line(200)] | None = None


class RefundIn(In):
    """Money that goes back; default: all that can of the payment, the latest first."""

    payment_id: UUID | None = None
    amount_minor: Amount | None = None
    reason: Reason | None = None
    through_provider: bool = True
    """False where what came through a provider was given back another way."""


class CreditLineIn(In):
    """Of which line how much is taken back, net of discounts; default: what is left of it."""

    line_id: UUID
    net_minor: Amount | None = None


class CreditNoteIn(In):
    """What to take back: these lines, or an amount with its taxes, or (neither) all that is left.

    `amount_minor` includes tax; it is spread over the lines in proportion.
    """

    lines: Annotated[list[CreditLineIn], Field(min_length=1, max_length=MOST_LINES)] | None = None
    amount_minor: Amount | None = None
    reason: Reason | None = None


class PaymentOut(Out):
    """Money that came. `unapplied_minor` is what the invoice had no need of."""

    id: UUID
    provider: str
    method: str
    reference: str | None
    amount_minor: int
    refunded_minor: int
    unapplied_minor: int
    received_on: date
    created_at: datetime


class RefundOut(Out):
    """Money that went back, or is on its way (`pending`)."""

    id: UUID
    payment_id: UUID
    provider: str
    status: Literal["pending", "succeeded", "failed"]
    amount_minor: int
    reason: str | None
    refunded_on: date
    created_at: datetime


class CreditNoteOut(Out):
    """A credit note of the invoice."""

    id: UUID
    number: str
    issued_on: date
    reason: str | None
    subtotal_minor: int
    tax_minor: int
    total_minor: int
    created_at: datetime
