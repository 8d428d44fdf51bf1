"""Stripe's objects, read as what they mean to an invoice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from app.features.payments.provider import Notice, PaymentSeen, RefundSeen
from app.features.payments.stripe_amounts import from_stripe

About = Literal["payment", "failure", "expiry", "nothing"]

EVENTS: Mapping[str, About] = {
    "checkout.session.completed": "payment",
    "checkout.session.async_payment_succeeded": "payment",
    "checkout.session.async_payment_failed": "failure",
    "checkout.session.expired": "expiry",
    "payment_intent.succeeded": "payment",
    "charge.refunded": "payment",
    "refund.created": "payment",
    "refund.updated": "payment",
    "refund.failed": "payment",
}
"""What we listen to; all else is nothing to us."""

REFUND_ENDS: Mapping[str, Literal["pending", "succeeded", "failed"]] = {
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
}


class Subject(BaseModel):
    """What an event is about: a session, an intent, a charge, or a refund."""

    id: str
    object: str
    payment_intent: str | None = None


class Data(BaseModel):
    """The envelope around it."""

    object: Subject


class Event(BaseModel):
    """A webhook's body, as far as it is believed: where to look, and no more."""

    id: str
    type: str
    data: Data


class EventName(BaseModel):
    """The same of an event that is nothing to us, whatever it is about."""

    id: str
    type: str


def notice_of(body: bytes) -> Notice:
    """What a genuine body says. Raises ValueError for what is no event."""
    name = EventName.model_validate_json(body)
    about = EVENTS.get(name.type, "nothing")
    if about == "nothing":
        return Notice(event_id=name.id, about=about)
    subject = Event.model_validate_json(body).data.object
    return Notice(
        event_id=name.id,
        about=about,
        payment_id=subject.id if subject.object == "payment_intent" else subject.payment_intent,
        session_id=subject.id if subject.object == "checkout.session" else None,
    )


class MethodDetails(BaseModel):
    """How a charge was paid: `card`, `sepa_debit`, ..."""

    type: str


class Charge(BaseModel):
    """The charge behind an intent."""

    payment_method_details: MethodDetails | None = None


class Intent(BaseModel):
    """A PaymentIntent, with its latest charge."""

    id: str
    status: str
    currency: str
    amount_received: int
    created: int
    metadata: dict[str, str] | None = None
    latest_charge: Charge | str | None = None


class RefundObject(BaseModel):
    """A Refund."""

    id: str
    status: str | None
    currency: str
    amount: int
    created: int
    metadata: dict[str, str] | None = None
    failure_reason: str | None = None


def payment_seen(intent: Intent, refunds: Sequence[RefundObject]) -> PaymentSeen | None:
    """A payment with its refunds; None while it has not succeeded, and for somebody else's."""
    invoice_id = _ours(intent.metadata, "invoice_id")
    if intent.status != "succeeded" or invoice_id is None:
        return None
    currency = intent.currency.upper()
    return PaymentSeen(
        provider_payment_id=intent.id,
        invoice_id=invoice_id,
        currency=currency,
        amount_minor=from_stripe(intent.amount_received, currency),
        method=_method(intent.latest_charge),
        at=datetime.fromtimestamp(intent.created, UTC),
        refunds=tuple(refund_seen(refund) for refund in refunds),
    )


def _method(charge: Charge | str | None) -> str:
    details = charge.payment_method_details if isinstance(charge, Charge) else None
    return details.type if details else "card"


def refund_seen(refund: RefundObject) -> RefundSeen:
    """A refund; one that needs somebody to act is pending."""
    return RefundSeen(
        provider_refund_id=refund.id,
        refund_id=_ours(refund.metadata, "refund_id"),
        amount_minor=from_stripe(refund.amount, refund.currency.upper()),
        status=REFUND_ENDS.get(refund.status or "", "pending"),
        at=datetime.fromtimestamp(refund.created, UTC),
        reason=refund.failure_reason,
    )


def _ours(metadata: Mapping[str, str] | None, name: str) -> UUID | None:
    """An id of ours; the account's owner may use the same name for something else."""
    try:
        return UUID((metadata or {}).get(name, ""))
    except ValueError:
        return None
