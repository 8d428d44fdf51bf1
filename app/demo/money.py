"""What the demo's clients are asked to pay: invoices in every state of their way."""

from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.demo.visitor import Visitor

SELLER = {
    "seller_name": "Okafor Coaching",
    "seller_address": "Hafenstraße 12\n20457 Hamburg",
    "tax_id": "DE123456789",
    "bank_details": "IBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001",
    "default_tax_rate": "19",
    "footer": "Okafor Coaching · Maya Okafor · maya@demo.example",
}
SESSIONS = [
    {
        "description": "Coaching session, 50 minutes",
        "quantity": "4",
        "unit_amount_minor": 14_000,
        "tax_rate": "19",
    },
    {
        "description": "Workbook: seven quiet mornings",
        "unit_amount_minor": 2_400,
        "tax_rate": "7",
    },
]


async def ask_for_money(visitor: Visitor, clients: list[str]) -> None:
    """A draft, an open one, an overdue one, a paid one, one taken back, and one every month."""
    await visitor.patch("/v1/workspace", {"invoice_settings": SELLER})
    await _draft(visitor, clients[0])
    await _sent(visitor, clients[0], memo="Thank you for the good work this month.")
    late = (now().date() - timedelta(days=12)).isoformat()
    await _sent(visitor, clients[1], due_on=late)
    paid = await _sent(visitor, clients[2], discount={"percent": "10"})
    money = {"amount_minor": paid["total_minor"], "reference": "Transfer of Monday"}
    await visitor.post(f"/v1/invoices/{paid['id']}/payments", money)
    mistaken = await _sent(visitor, clients[3])
    workbook = {"line_id": mistaken["lines"][1]["id"]}
    note = {"reason": "The workbook was a present.", "lines": [workbook]}
    await visitor.post(f"/v1/invoices/{mistaken['id']}/credit-notes", note)
    await visitor.post("/v1/invoice-schedules", _retainer(clients[4]))


async def _draft(visitor: Visitor, contact_id: str, **more: Any) -> dict[str, Any]:
    body = {"contact_id": contact_id, "currency": "EUR", "lines": SESSIONS, **more}
    return await visitor.post("/v1/invoices", body)


async def _sent(visitor: Visitor, contact_id: str, **more: Any) -> dict[str, Any]:
    invoice = await _draft(visitor, contact_id, **more)
    await visitor.post(f"/v1/invoices/{invoice['id']}/finalize", {})
    return await visitor.post(f"/v1/invoices/{invoice['id']}/send", {})


def _retainer(contact_id: str) -> dict[str, Any]:
    """Each month's first day, from the next one on."""
    first = (now().date().replace(day=1) + timedelta(days=32)).replace(day=1)
    line = {"description": "Sparring, each month", "unit_amount_minor": 35_000, "tax_rate": "19"}
    return {
        "contact_id": contact_id,
        "currency": "EUR",
        "starts_on": first.isoformat(),
        "lines": [line],
    }
