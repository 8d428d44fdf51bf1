"""Taxes between the sums and the row that keeps them: decimals in words."""

from collections.abc import Iterable
from typing import Any

from app.features.invoices.fields import plain
from app.features.invoices.totals import TaxTotal


def kept_totals(taxes: Iterable[TaxTotal]) -> list[dict[str, Any]]:
    """Taxes as their column keeps them, and the API gives them."""
    return [
        {
            "rate": plain(tax.rate),
            "exempt": tax.exempt,
            "base_minor": tax.base_minor,
            "tax_minor": tax.tax_minor,
        }
        for tax in taxes
    ]
