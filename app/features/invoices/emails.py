"""Letters about invoices: what is asked for, what came, and what went back."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.access.pay_links import pay_link
from app.core.amounts import amount_in_words
from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient, StoredEnclosure
from app.repositories.casts import Cast

PDF = "application/pdf"

ASKING = frozenset({"sent", "due_soon", "overdue", "payment_received"})
"""Letters that ask for money."""

MISSING = {
    "/invoice_settings/seller_name": "your name as the seller",
    "/invoice_settings/seller_address": "your address",
    "/invoice_settings/seller_country": "your country",
    "/invoice_settings/tax_id": "your tax number",
    "/lines": "what is charged for",
}
"""What may be missing, as a letter calls it."""


def sent(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Brings the client their invoice."""
    message, number = event.data["message"], event.data["number"]
    words = {"message": message, "again": event.data["again"]}
    return [_to_client(event, cast, "sent", files=_paper(event, number), **words)]


def due_soon(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client of what is due in some days, or today."""
    return [_to_client(event, cast, "due_soon", days=event.data["days"])]


def overdue(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds the client of what was due some days ago."""
    return [_to_client(event, cast, "overdue", days=event.data["days"])]


def voided(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the client to forget an invoice they were sent."""
    return [_to_client(event, cast, "voided")] if event.data["was_sent"] else []


def paid(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Thanks the client, as their receipt, and tells the coach."""
    return list(_to_both(event, cast, "paid", amount_minor=event.data["paid_minor"]))


def payment_received(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Confirms a part to the client; tells the coach of money that nothing was due for."""
    amount, unapplied = event.data["amount_minor"], event.data["unapplied_minor"]
    letters = []
    if event.data["status"] in {"open", "uncollectible"}:
        letters.append(_to_client(event, cast, "payment_received", amount_minor=amount))
    if unapplied:
        letters.append(_to_coach(event, cast, "payment_unapplied", amount_minor=unapplied))
    return letters


def payment_refunded(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells both what went back."""
    return list(_to_both(event, cast, "payment_refunded", amount_minor=event.data["amount_minor"]))


def credit_note_issued(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Brings the client a credit note."""
    number = event.data["credit_note_number"]
    words = {"amount_minor": event.data["amount_minor"], "credit_note": number}
    return [_to_client(event, cast, "credit_note_issued", files=_paper(event, number), **words)]


def held_up(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks the coach to complete what could not be sent by itself."""
    missing = [MISSING.get(pointer, pointer) for pointer in event.data["missing"]]
    return [_to_coach(event, cast, "held_up", missing=missing)]


def _paper(event: RecordedEvent, number: str) -> tuple[StoredEnclosure, ...]:
    key: str | None = event.data["pdf_key"]
    if key is None:
        return ()
    return (StoredEnclosure(filename=f"{number}.pdf", content_type=PDF, storage_key=key),)


def _to_both(event: RecordedEvent, cast: Cast, name: str, *, amount_minor: int) -> Iterator[Letter]:
    contact = cast.contact(event.contact_id)
    if contact.email is not None:
        yield _to_client(event, cast, name, amount_minor=amount_minor)
    yield _to_coach(event, cast, f"{name}_coach", amount_minor=amount_minor)


def _to_client(
    event: RecordedEvent,
    cast: Cast,
    name: str,
    *,
    files: tuple[StoredEnclosure, ...] = (),
    **more: Any,
) -> Letter:
    """An archived client still owes, and is owed: these letters are sent to whoever has one."""
    contact = cast.contact(event.contact_id)
    return Letter(
        template=f"invoices/{name}",
        to=contact.reader,
        context=_words(event, contact.reader, more),
        action=_action(event, name),
        reply_to=cast.answers_to(contact),
        files=files,
    )


def _action(event: RecordedEvent, name: str) -> Action:
    """Where something is asked for, a link by which it is paid without signing in."""
    asks = name in ASKING and event.data["amount_due_minor"] > 0
    page = f"/invoices/{event.subject_id}"
    if event.subject_id is None or not asks:
        return Action(label="Open the invoice", path=page)
    label, path = "See and pay the invoice", f"/pay/{event.subject_id}"
    return Action(label=label, path=path, token=pay_link(event.subject_id), inside=page)


def _to_coach(event: RecordedEvent, cast: Cast, name: str, **more: Any) -> Letter:
    contact = cast.contact(event.contact_id)
    reader = cast.coach_of(contact).reader
    path = f"/contacts/{contact.id}/invoices/{event.subject_id}"
    return Letter(
        template=f"invoices/{name}",
        to=reader,
        context={**_words(event, reader, more), "client": contact.name},
        action=Action(label="Open the invoice", path=path),
        reply_to=contact.email,
    )


def _words(event: RecordedEvent, reader: Recipient, more: dict[str, Any]) -> dict[str, Any]:
    """What every letter may say, amounts in words."""
    amount: int | None = more.pop("amount_minor", None)

    def written(minor: int) -> str:
        return amount_in_words(minor, event.data["currency"], reader.locale)

    return {
        "number": event.data["number"],
        "total": written(event.data["total_minor"]),
        "due": written(event.data["amount_due_minor"]),
        "due_on": event.data["due_on"],
        "settled": event.data["amount_due_minor"] == 0,
        "amount": None if amount is None else written(amount),
        **more,
    }
