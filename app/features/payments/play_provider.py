"""Play money: the provider of the default install, for trying everything to the end without keys.

It keeps nothing. A page's address holds its order, signed; a decision on it becomes an event,
signed, that is sent to the same endpoint as Stripe's (`app/embedded/payments.py`).
"""

import hashlib
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ValidationError

from app.core.clock import now
from app.core.signed_links import SignedLinks
from app.core.tokens import TokenMint
from app.features.payments import signatures
from app.features.payments.failures import NotGenuine
from app.features.payments.provider import (
    Notice,
    Opened,
    Order,
    PaymentSeen,
    RefundOrder,
    RefundSeen,
)

NAME = "test"
PAGES = "/dev/pay"
LIFETIME = timedelta(hours=23)

Decision = Literal["approved", "declined"]


class PlayOrder(BaseModel):
    """What a page asks for, and where it leads afterwards."""

    workspace_id: UUID
    invoice_id: UUID
    session_id: str
    practice: str
    number: str
    currency: str
    amount_minor: int
    locale: str
    return_url: str


class PlayEvent(BaseModel):
    """What was decided on a page; `id` is the same however often the button is pressed."""

    id: str
    decision: Decision
    order: PlayOrder
    at: datetime


class PlayProvider:
    """Moves no money. All that is signed is signed with the installation's key."""

    name: ClassVar[str] = NAME

    def __init__(self, mint: TokenMint, links: SignedLinks, *, api_url: str) -> None:
        """Serve its pages under `api_url`."""
        self._secret = mint.signature("play money", b"")
        self._links = links
        self._api_url = api_url

    async def open_checkout(self, order: Order) -> Opened:
        """A page that holds its order in its address."""
        session_id = f"play_{order.invoice_id.hex}_{order.attempt}_{order.amount_minor}"
        page = PlayOrder(session_id=session_id, **{name: getattr(order, name) for name in SHOWN})
        expires_at = now() + LIFETIME
        token = self._links.sign(page.model_dump_json().encode(), expires_at=expires_at)
        return Opened(
            session_id=session_id, url=f"{self._api_url}{PAGES}/{token}", expires_at=expires_at
        )

    async def close_checkout(self, session_id: str) -> None:
        """Nothing to tell anybody: the page asks whether it is still the open one."""

    def order_on(self, token: str) -> PlayOrder:
        """What a page's address holds. Raises NotFound, and LinkExpired (410)."""
        return PlayOrder.model_validate_json(self._links.read(token))

    def decided(self, order: PlayOrder, decision: Decision) -> tuple[bytes, str]:
        """The event of a decision, and its signature."""
        name = hashlib.sha256(f"{order.session_id} {decision}".encode()).hexdigest()[:32]
        event = PlayEvent(id=f"play_evt_{name}", decision=decision, order=order, at=now())
        body = event.model_dump_json().encode()
        return body, signatures.signed(body, self._secret)

    def read_notice(self, body: bytes, signature: str | None) -> Notice:
        """What an event says."""
        signatures.check(body, signature, self._secret)
        try:
            event = PlayEvent.model_validate_json(body)
        except ValidationError as error:
            raise NotGenuine from error
        return Notice(
            event_id=event.id,
            about="payment" if event.decision == "approved" else "failure",
            session_id=event.order.session_id,
            payment=_payment(event),
        )

    async def look_up(self, notice: Notice) -> PaymentSeen | None:
        """The payment the event told of: there is nowhere else to look."""
        return notice.payment

    async def refund(self, order: RefundOrder) -> RefundSeen:
        """Say that it was done."""
        return RefundSeen(
            provider_refund_id=f"play_re_{order.refund_id.hex}",
            refund_id=order.refund_id,
            amount_minor=order.amount_minor,
            status="succeeded",
            at=now(),
        )

    async def is_live(self) -> bool:
        """Never."""
        return False


SHOWN = tuple(name for name in PlayOrder.model_fields if name != "session_id")


def _payment(event: PlayEvent) -> PaymentSeen:
    return PaymentSeen(
        provider_payment_id=event.order.session_id,
        invoice_id=event.order.invoice_id,
        currency=event.order.currency,
        amount_minor=event.order.amount_minor,
        method="test",
        at=event.at,
    )
