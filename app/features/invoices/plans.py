"""What a program costs, as invoices: at once, or in installments that sum up to it."""

from decimal import Decimal
from typing import Any

from app.core.ids import new_id
from app.core.money import RATE_STEPS, WHOLE, half_up, share, spread, steps
from app.models import InvoiceLine, InvoiceSchedule, Workspace
from app.models.invoice_settings import invoice_settings
from app.repositories.invoice_schedules import Price

LONGEST = 1000


def plan_of(price: Price) -> dict[str, Any]:
    """The template of an enrollment's schedule: its currency, its name, and each amount."""
    parts = price.installment_count if price.payment_plan == "installments" else 1
    return {
        "currency": price.currency,
        "program": price.name,
        "amounts": spread(price.price_minor, [1] * parts),
    }


def line_of_installment(schedule: InvoiceSchedule, workspace: Workspace) -> InvoiceLine:
    """The one line of an enrollment's next invoice; prices include the practice's tax."""
    amounts: list[int] = schedule.template["amounts"]
    place, settings = schedule.periods_made, invoice_settings(workspace)
    rate = Decimal(settings["default_tax_rate"])
    part = f" ({place + 1} of {len(amounts)})" if len(amounts) > 1 else ""
    return InvoiceLine(
        id=new_id(),
        description=f"{schedule.template['program'][: LONGEST - len(part)]}{part}",
        quantity=Decimal(1),
        unit_amount_minor=net_of(amounts[place], rate),
        tax_rate=rate,
        exempt_reason=None if rate else settings["tax_exempt_reason"],
    )


def net_of(gross_minor: int, rate: Decimal) -> int:
    """The largest net amount that comes, with its tax, to no more than a gross one.

    Not every gross amount is some net amount and its tax, rounded half up: then it is a minor
    unit less than was said, and never more.
    """
    near = half_up(gross_minor * WHOLE, WHOLE + steps(rate, RATE_STEPS))
    return near if near + share(near, rate) <= gross_minor else near - 1
