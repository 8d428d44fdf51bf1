"""What happens when invoices are paid online, besides the payment itself."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(DomainEvent):
    """A client's payment did not come about; amounts are in minor units."""

    type = "payment.failed"

    number: str | None
    currency: str
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class RefundFailed(DomainEvent):
    """The provider could not give money back: it has to go another way."""

    type = "payment.refund_failed"

    number: str | None
    currency: str
    amount_minor: int
    refund_id: UUID
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class PaymentAccountConnected(DomainEvent):
    """The practice is paid through an account of its own now; `live` moves real money."""

    type = "payment_account.connected"

    provider: str
    live: bool


@dataclass(frozen=True, kw_only=True)
class PaymentAccountDisconnected(DomainEvent):
    """The practice no longer is."""

    type = "payment_account.disconnected"

    provider: str
