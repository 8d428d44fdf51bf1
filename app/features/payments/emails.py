"""Letters about payments that did not come about."""

from collections.abc import Sequence

from app.core.amounts import amount_in_words
from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.repositories.casts import Cast


def payment_failed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a client tried to pay, and could not."""
    return _to_coach(event, cast, "payment_failed")


def refund_failed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that money has to go back another way."""
    return _to_coach(event, cast, "refund_failed", why=event.data["reason"])


def _to_coach(event: RecordedEvent, cast: Cast, name: str, **more: str | None) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    reader = cast.coach_of(contact).reader
    path = f"/contacts/{contact.id}/invoices/{event.subject_id}"
    amount, currency = event.data["amount_minor"], event.data["currency"]
    return [
        Letter(
            template=f"payments/{name}",
            to=reader,
            context={
                "client": contact.name,
                "number": event.data["number"],
                "amount": amount_in_words(amount, currency, reader.locale),
                **more,
            },
            action=Action(label="Open the invoice", path=path),
            reply_to=contact.email,
        )
    ]
