"""What a practice has set about its invoices, and what holds until it says otherwise."""

from collections.abc import Mapping
from typing import Any

from app.models.workspaces import Workspace

INVOICE_DEFAULTS: Mapping[str, Any] = {
    "seller_name": None,
    "seller_address": None,
    "seller_country": None,
    "tax_id": None,
    "bank_details": None,
    "default_tax_rate": "0",
    "tax_exempt_reason": None,
    "payment_terms_days": 14,
    "number_prefix": "INV",
    "credit_note_prefix": "CN",
    "reminder_days": [-3, 0, 7, 14],
    "footer": None,
}


def invoice_settings(workspace: Workspace) -> dict[str, Any]:
    """The invoice settings, each of them."""
    return {**INVOICE_DEFAULTS, **workspace.invoice_settings}
