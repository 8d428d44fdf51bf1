"""Whole numbers that fit where they are kept, and money."""

from typing import Annotated

from pydantic import Field

from app.core.fields.models import In
from app.core.fields.places import Currency

Int4 = Annotated[int, Field(strict=True, ge=-(2**31), le=2**31 - 1)]
"""A whole number that fits PostgreSQL's `integer`."""

Int8 = Annotated[int, Field(strict=True, ge=-(2**53 - 1), le=2**53 - 1)]
"""A whole number that JavaScript, too, reads exactly."""

Measure = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False, examples=[42.5])]
"""Something measured, in whatever unit."""


class Money(In):
    """An amount in minor units (cents) of an ISO 4217 currency."""

    amount_minor: Annotated[Int8, Field(examples=[12500])]
    currency: Currency
