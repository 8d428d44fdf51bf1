"""Stripe Checkout, through Stripe's own client; this module takes most of a second to import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import stripe

from app.core.clock import now
from app.features.payments.accounts import StripeKeys
from app.features.payments.failures import NotGenuine, ProviderAway, ProviderRefused
from app.features.payments.provider import (
    Notice,
    Opened,
    Order,
    PaymentSeen,
    RefundOrder,
    RefundSeen,
)
from app.features.payments.stripe_amounts import to_stripe
from app.features.payments.stripe_reading import (
    Intent,
    RefundObject,
    notice_of,
    payment_seen,
    refund_seen,
)

LIFETIME = timedelta(hours=23)
"""Of a page; Stripe allows a day at most."""

SECONDS = 20.0
RETRIES = 2
MOST_REFUNDS = 100


class StripeProvider:
    """One practice's account at Stripe. A client for each exchange: payments are rare."""

    name: ClassVar[str] = "stripe"

    def __init__(self, keys: StripeKeys, *, api_url: str | None = None) -> None:
        """Use these keys; `api_url` is where Stripe's API is, if elsewhere."""
        self._keys = keys
        self._addresses: Any = {"api": api_url} if api_url else None

    async def open_checkout(self, order: Order) -> Opened:
        """A Checkout Session; the same order again answers the same one."""
        amount = to_stripe(order.amount_minor, order.currency)
        async with self._client() as client:
            session = await client.v1.checkout.sessions.create_async(
                _session_for(order, amount),
                {"idempotency_key": f"checkout-{order.invoice_id}-{order.attempt}-{amount}"},
            )
        return Opened(
            session_id=session.id,
            url=str(session.url),
            expires_at=datetime.fromtimestamp(session.expires_at, UTC),
        )

    async def close_checkout(self, session_id: str) -> None:
        """Expire a session; Stripe refuses for one that is paid or expired, which is fine."""
        try:
            async with self._client() as client:
                await client.v1.checkout.sessions.expire_async(session_id)
        except ProviderRefused:
            return

    def read_notice(self, body: bytes, signature: str | None) -> Notice:
        """What a webhook says, once its bytes are known to be Stripe's."""
        try:
            stripe.WebhookSignature.verify_header(
                body, signature, self._keys.webhook_secret, stripe.Webhook.DEFAULT_TOLERANCE
            )
            return notice_of(body)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise NotGenuine from error

    async def look_up(self, notice: Notice) -> PaymentSeen | None:
        """The payment as it is at Stripe now, so that the order of events doesn't matter."""
        if notice.payment_id is None:
            return None
        async with self._client() as client:
            intent = await client.v1.payment_intents.retrieve_async(
                notice.payment_id, {"expand": ["latest_charge"]}
            )
            refunds = await client.v1.refunds.list_async(
                {"payment_intent": intent.id, "limit": MOST_REFUNDS}
            )
        return payment_seen(
            Intent.model_validate(intent.to_dict()),
            [RefundObject.model_validate(refund.to_dict()) for refund in refunds.data],
        )

    async def refund(self, order: RefundOrder) -> RefundSeen:
        """Ask for a refund; most have succeeded at once, some are pending for days."""
        async with self._client() as client:
            made = await client.v1.refunds.create_async(
                {
                    "payment_intent": order.provider_payment_id,
                    "amount": to_stripe(order.amount_minor, order.currency),
                    "metadata": {"refund_id": str(order.refund_id)},
                },
                {"idempotency_key": f"refund-{order.refund_id}"},
            )
        return refund_seen(RefundObject.model_validate(made.to_dict()))

    async def is_live(self) -> bool:
        """Whether the key moves real money; ProviderRefused (409) for one Stripe doesn't know."""
        async with self._client() as client:
            return (await client.v1.balance.retrieve_async()).livemode

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[stripe.StripeClient]:
        http = stripe.HTTPXClient(timeout=SECONDS)
        client = stripe.StripeClient(
            self._keys.secret_key,
            http_client=http,
            base_addresses=self._addresses,
            max_network_retries=RETRIES,
        )
        try:
            yield client
        except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
            raise ProviderAway from error
        except (stripe.AuthenticationError, stripe.PermissionError) as error:
            raise ProviderRefused("Stripe does not accept the practice's key.") from error
        except stripe.StripeError as error:
            raise ProviderRefused(error.user_message) from error
        finally:
            await http.close_async()  # type: ignore[no-untyped-call]  # Stripe types all but this


def _session_for(order: Order, amount: int) -> Any:
    metadata = {"workspace_id": str(order.workspace_id), "invoice_id": str(order.invoice_id)}
    product = {"name": f"{order.practice}: {order.number}"}
    price = {"currency": order.currency.lower(), "unit_amount": amount, "product_data": product}
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": order.number},
        "client_reference_id": str(order.invoice_id),
        "success_url": f"{order.return_url}?checkout=done",
        "cancel_url": f"{order.return_url}?checkout=left",
        "expires_at": int((now() + LIFETIME).timestamp()),
        **({"customer_email": order.email} if order.email else {}),
    }
