"""What Atrium asks of whoever moves the money, and what it is told.

Amounts are in minor units (ISO 4217) of the invoice's currency.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An invoice to be paid. `attempt` counts its checkouts: the same order twice is one page."""

    workspace_id: UUID
    invoice_id: UUID
    attempt: int
    practice: str
    number: str
    currency: str
    amount_minor: int
    email: str | None
    locale: str
    return_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page on which the order can be paid, until it expires."""

    session_id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """Money of one payment that is to go back; the same `refund_id` twice is one refund."""

    workspace_id: UUID
    refund_id: UUID
    provider_payment_id: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSeen:
    """A refund as the provider knows it; `refund_id` is ours, where we asked for it."""

    provider_refund_id: str | None
    refund_id: UUID | None
    amount_minor: int
    status: Literal["pending", "succeeded", "failed"]
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSeen:
    """A payment that succeeded, as the provider knows it, with all that went back of it."""

    provider_payment_id: str
    invoice_id: UUID
    currency: str
    amount_minor: int
    method: str
    at: datetime
    refunds: tuple[RefundSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A genuine message: something happened to a payment, or to the page it is made on.

    It only says where to look: what is believed is what the provider says when it is asked.
    `payment` is for a provider that keeps nothing, whose messages are all there is.
    """

    event_id: str
    about: Literal["payment", "failure", "expiry", "nothing"]
    payment_id: str | None = None
    session_id: str | None = None
    payment: PaymentSeen | None = None


class Provider(Protocol):
    """Somebody who moves money. Raises ProviderAway (503) and ProviderRefused (409)."""

    @property
    def name(self) -> str:
        """What payments are kept under."""

    async def open_checkout(self, order: Order) -> Opened:
        """Make a page for the order. Raises AmountNotPayable (409)."""

    async def close_checkout(self, session_id: str) -> None:
        """Let nobody pay there any more; one that is paid or gone stays as it is."""

    def read_notice(self, body: bytes, signature: str | None) -> Notice:
        """What a message says. Raises NotGenuine (400)."""

    async def look_up(self, notice: Notice) -> PaymentSeen | None:
        """The payment a notice is about as it is now; None for one that isn't ours, or made."""

    async def refund(self, order: RefundOrder) -> RefundSeen:
        """Give money back."""

    async def is_live(self) -> bool:
        """Whether real money moves."""
