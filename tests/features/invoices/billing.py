"""Invoices made through the API, as most of these tests begin."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.make import Make, Person

TEAM, PORTAL = "/v1/invoices", "/v1/portal/invoices"
LINES = [
    {"description": "Coaching", "quantity": "1.5", "unit_amount_minor": 12000, "tax_rate": "19"}
]
SELLER = {
    "seller_name": "Okafor Coaching",
    "seller_address": "Hafenstraße 12\n20457 Hamburg",
    "tax_id": "DE123456789",
}


async def seller(make: Make, **settings: Any) -> Person:
    """The owner of a practice that may write invoices."""
    owner = await make.coach()
    await set_up(owner, **{**SELLER, **settings})
    return owner


async def set_up(owner: Person, **settings: Any) -> None:
    body = {"invoice_settings": settings}
    answer = await owner.http.patch("/v1/workspace", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


async def pair(make: Make, **settings: Any) -> tuple[Person, Person]:
    """Such an owner, and a client of theirs."""
    owner = await seller(make, **settings)
    return owner, await make.client(workspace_id=owner.workspace_id, coach_id=owner.member_id)


async def draft(owner: Person, contact_id: UUID | None, **fields: Any) -> dict[str, Any]:
    body = {"contact_id": str(contact_id), "currency": "EUR", "lines": LINES, **fields}
    answer = await owner.http.post(TEAM, json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def act(
    person: Person, invoice: dict[str, Any], verb: str, body: dict[str, Any] | None = None
) -> httpx.Response:
    """`finalize`, `send`, `void`, `payments`..."""
    headers = {"Idempotency-Key": uuid4().hex}
    url = f"{TEAM}/{invoice['id']}/{verb}"
    return await person.http.post(url, json={} if body is None else body, headers=headers)


async def done(
    person: Person, invoice: dict[str, Any], verb: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The same, and it worked."""
    answer = await act(person, invoice, verb, body)
    assert answer.is_success, answer.text
    return dict(answer.json())


async def issued(owner: Person, contact_id: UUID | None, **fields: Any) -> dict[str, Any]:
    """A finalized invoice; LINES come to 214.20 EUR."""
    return await done(owner, await draft(owner, contact_id, **fields), "finalize")


async def read(person: Person, invoice: dict[str, Any]) -> dict[str, Any]:
    base = PORTAL if person.contact_id else TEAM
    answer = await person.http.get(f"{base}/{invoice['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def edit(
    person: Person, invoice: dict[str, Any], if_match: str | None = "*", **fields: Any
) -> httpx.Response:
    headers = {"If-Match": if_match} if if_match else {}
    return await person.http.patch(f"{TEAM}/{invoice['id']}", json=fields, headers=headers)


def money(invoice: dict[str, Any]) -> tuple[str, int, int, int]:
    """Status, paid, due, unapplied."""
    names = ("amount_paid_minor", "amount_due_minor", "unapplied_minor")
    paid, due, unapplied = (invoice[name] for name in names)
    return invoice["status"], paid, due, unapplied
