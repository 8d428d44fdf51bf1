"""Bounded types of invoices: decimals travel as strings, so that no reader makes floats of them."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.core.fields import Line, Text

MOST_LINES = 200
DEAREST_MINOR = 10**12


def plain(value: Decimal | None) -> str | None:
    """A decimal as the API gives it: `1.5`, `19`, never `1E+1`."""
    return None if value is None else f"{value.normalize():f}"


def _more_than_nought(value: str) -> str:
    if not Decimal(value):
        raise ValueError("must be more than 0")
    return value


def _per_cent(value: str) -> str:
    if Decimal(value) > 100:  # noqa: PLR2004 - per cent
        raise ValueError("must be at most 100")
    return value


Quantity = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?$"),
    AfterValidator(_more_than_nought),
    Field(examples=["1.5"]),
]
"""How much of it: a decimal with up to six places."""

Percent = Annotated[
    str,
    StringConstraints(pattern=r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,4})?$"),
    AfterValidator(_per_cent),
    Field(examples=["19"]),
]
"""Per cent: a decimal with up to four places, 0 to 100."""

UnitAmount = Annotated[int, Field(strict=True, ge=0, le=DEAREST_MINOR, examples=[12000])]
Amount = Annotated[int, Field(strict=True, ge=1, le=2**53 - 1, examples=[12000])]
"""In minor units (cents) of the invoice's currency."""

Description = Annotated[str, Text(1000)]
Memo = Annotated[str, Text(2000, min_length=0)]
Reason = Annotated[str, Line(300)]
