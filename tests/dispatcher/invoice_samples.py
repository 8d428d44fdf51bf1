"""One example of every event about invoices that writes letters."""

from typing import Any
from uuid import UUID

INVOICE = {
    "number": "INV-2026-0012",
    "currency": "EUR",
    "total_minor": 21420,
    "amount_due_minor": 21420,
    "due_on": "2026-12-11",
}
PAYMENT = {"payment_id": str(UUID(int=51)), "amount_minor": 10000}

DATA: dict[str, dict[str, Any]] = {
    "invoice.sent": {
        **INVOICE,
        "again": False,
        "message": "Dear Ana,\nthank you for the good work!",
        "pdf_key": "papers/1/abc",
    },
    "invoice.due_soon": {**INVOICE, "days": 3},
    "invoice.overdue": {**INVOICE, "days": 7},
    "invoice.voided": {**INVOICE, "was_sent": True},
    "invoice.paid": {**INVOICE, "amount_due_minor": 0, "paid_minor": 21420},
    "invoice.held_up": {
        **INVOICE,
        "number": None,
        "missing": ["/invoice_settings/seller_name", "/invoice_settings/tax_id"],
    },
    "payment.received": {
        **INVOICE,
        **PAYMENT,
        "amount_due_minor": 11420,
        "unapplied_minor": 500,
        "status": "open",
    },
    "payment.refunded": {**INVOICE, **PAYMENT, "refund_id": str(UUID(int=52))},
    "payment.failed": {"number": "INV-2026-0012", "currency": "EUR", "amount_minor": 21420},
    "payment.refund_failed": {
        "number": "INV-2026-0012",
        "currency": "EUR",
        "amount_minor": 21420,
        "refund_id": str(UUID(int=54)),
        "reason": "The bank account is closed.",
    },
    "credit_note.issued": {
        **INVOICE,
        "amount_due_minor": 0,
        "amount_minor": 21420,
        "credit_note_id": str(UUID(int=53)),
        "credit_note_number": "CN-2026-0003",
        "pdf_key": "papers/1/def",
    },
}

ASKING = ("sent", "due_soon", "overdue", "payment_received")
TO_CLIENTS = ("voided", "paid", "payment_refunded", "credit_note_issued")
FAILED = ("payment_failed", "refund_failed")
TO_COACHES = ("paid_coach", "payment_unapplied", "payment_refunded_coach", "held_up")


def paths(row_id: UUID, contact_id: UUID) -> dict[str, str]:
    """Where the buttons lead."""
    return {
        **{f"invoices/{name}": f"/pay/{row_id}" for name in ASKING},
        **{f"invoices/{name}": f"/invoices/{row_id}" for name in TO_CLIENTS},
        **{f"payments/{name}": f"/contacts/{contact_id}/invoices/{row_id}" for name in FAILED},
        **{f"invoices/{name}": f"/contacts/{contact_id}/invoices/{row_id}" for name in TO_COACHES},
    }
