"""Payments online as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.fields import In, Out

ProviderName = Literal["stripe", "test"]
KEY = r"^[sr]k_(test|live)_[0-9A-Za-z]+$"


class CheckoutOut(Out):
    """A page on which the invoice can be paid: send the client there. It comes back to the portal.

    `provider` `test` moves no money.
    """

    invoice_id: UUID
    provider: ProviderName
    url: str
    currency: str
    amount_minor: int
    expires_at: datetime


class PayPageOut(Out):
    """An invoice as whoever has its link sees it. `payable` tells whether it can be paid online."""

    invoice_id: UUID
    workspace_name: str
    logo_url: str | None
    accent_color: str
    number: str
    status: Literal["open", "paid", "void", "uncollectible"]
    overdue: bool
    issued_on: date
    due_on: date
    currency: str
    total_minor: int
    amount_paid_minor: int
    amount_due_minor: int
    payable: bool


class StripeAccountIn(In):
    """The practice's keys at Stripe: a secret (or restricted) key, and its webhook's secret."""

    secret_key: Annotated[str, Field(max_length=300, pattern=KEY)]
    webhook_secret: Annotated[str, Field(max_length=300, pattern=r"^whsec_[0-9A-Za-z]+$")]


class StripeAccountOut(Out):
    """What is shown of it. `live` is whether it moves real money."""

    key_hint: str
    live: bool
    updated_at: datetime


class PaymentSettingsOut(Out):
    """Whom the practice is paid through (None: nobody), and where Stripe is to send its events."""

    provider: ProviderName | None
    stripe: StripeAccountOut | None
    webhook_url: str
    webhook_events: list[str]
