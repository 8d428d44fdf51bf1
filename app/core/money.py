"""Exact sums of money: integers in minor units, rounded half up, split without a remainder.

Quantities and percentages come as decimals and are turned into whole numbers of their smallest
step at once, so nothing here depends on a precision, and no float comes near.
"""

from collections.abc import Sequence
from decimal import Decimal

TWO = 2
EXPONENTS: dict[str, int] = {
    **dict.fromkeys(
        (
            *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
            *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
"""ISO 4217's decimals where they aren't two. CLDR's differ: it tells what people write."""

QUANTITY_STEPS = 10**6
"""Steps of a quantity in one: NUMERIC(..., 6)."""

RATE_STEPS = 10**4
"""Steps of a rate in one per cent: NUMERIC(7, 4)."""

WHOLE = 100 * RATE_STEPS
"""A hundred per cent."""


def exponent(currency: str) -> int:
    """How many decimals the major unit of an ISO 4217 currency has: EUR 2, JPY 0, KWD 3."""
    return EXPONENTS.get(currency, TWO)


def in_major_units(amount_minor: int, currency: str) -> Decimal:
    """12345 EUR cents as `Decimal('123.45')`, with all of the currency's decimals."""
    return Decimal(amount_minor).scaleb(-exponent(currency))


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two numbers that are not negative, rounded; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def steps(value: Decimal, in_one: int) -> int:
    """A decimal as a number of its smallest steps; ValueError where it lies between two."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * in_one, denominator)
    if rest:
        raise ValueError("finer than its smallest step")
    return whole


def priced(unit_minor: int, quantity: Decimal, less_percent: Decimal | None = None) -> int:
    """A quantity at a unit price, less a percentage: rounded once, at the end."""
    left = WHOLE - steps(less_percent or Decimal(), RATE_STEPS)
    numerator = unit_minor * steps(quantity, QUANTITY_STEPS) * left
    return half_up(numerator, QUANTITY_STEPS * WHOLE)


def share(amount_minor: int, percent: Decimal) -> int:
    """A percentage of an amount, rounded half up: what a tax or a discount comes to."""
    return half_up(amount_minor * steps(percent, RATE_STEPS), WHOLE)


def spread(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """An amount split in proportion to weights by largest remainder; the parts sum up to it.

    Of equal remainders the earlier gets more. Weights that are all nought count as equal.
    """
    if not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    parts = [amount_minor * weight // total for weight in weights]
    remainders = [amount_minor * weight % total for weight in weights]
    left = amount_minor - sum(parts)
    for place in sorted(range(len(parts)), key=lambda n: (-remainders[n], n))[:left]:
        parts[place] += 1
    return parts
