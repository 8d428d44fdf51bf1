"""Bounded types of a practice's settings."""

import re
import unicodedata
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from app.core.fields import Line, Text, WebUrl

ADDRESS_SIGNS = re.compile(r"[@<>]")


def _no_address(value: str) -> str:
    """`ceo@bank.example <...>` would be read as the sender, whatever address follows."""
    if ADDRESS_SIGNS.search(unicodedata.normalize("NFKC", value)):
        raise ValueError("must be a name, not an e-mail address")
    return value


def _page_base(value: str) -> str:
    """An address that paths and fragments can be appended to."""
    parts = urlsplit(value)
    if parts.username is not None or parts.query or parts.fragment or value[-1] in "?#":
        raise ValueError("must be an address without user name, query and fragment")
    return value.rstrip("/")


def _in_order(days: list[int]) -> list[int]:
    return sorted(set(days))


SenderName = Annotated[str, Line(100), AfterValidator(_no_address)]
"""The name e-mails come from: one line that can't be mistaken for an address."""

PortalUrl = Annotated[
    WebUrl,
    AfterValidator(_page_base),
    Field(json_schema_extra={"examples": ["https://portal.example.com"]}),
]
"""Where the front end lives; kept without a slash at its end."""

SellerName = Annotated[str, Line(200)]
SellerAddress = Annotated[str, Text(500)]
TaxId = Annotated[str, Line(50)]
Footer = Annotated[str, Text(1000)]

BankDetails = Annotated[str, Text(500)]

TaxExemptReason = Annotated[str, Line(300)]

TaxRate = Annotated[
    str, StringConstraints(pattern=r"^[1-9]?[0-9](\.[0-9]{1,4})?$"), Field(examples=["19"])
]
"""Per cent: a decimal with up to four places, in words."""

ReminderDays = Annotated[
    list[Annotated[int, Field(strict=True, ge=-60, le=180)]],
    Field(max_length=10, examples=[[-3, 0, 7, 14]]),
    AfterValidator(_in_order),
]
"""Days from the day an invoice is due, on which its client is reminded; negative ones before."""

PaymentTerms = Annotated[int, Field(strict=True, ge=0, le=365)]
"""Days after which an invoice is due."""

NumberPrefix = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9](-?[A-Za-z0-9]){0,11}$"), Field(examples=["INV"])
]
"""What invoice numbers begin with, as in `INV-2026-0001`."""
