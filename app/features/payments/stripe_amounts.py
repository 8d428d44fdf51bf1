"""Stripe's amounts, which are not always ISO 4217's minor units.

Source: Stripe, "Supported currencies": zero-decimal and three-decimal currencies, special cases.
"""

from app.core.money import exponent
from app.features.payments.failures import AmountNotPayable

ZERO = frozenset(
    {
        *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"),
        *("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"),
    }
)
THREE = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
TEN = 10
"""Amounts with three decimals must be a multiple of it."""


def to_stripe(amount_minor: int, currency: str) -> int:
    """An amount as Stripe counts it. Raises AmountNotPayable (409) where it can't be exact."""
    finer, coarser = _factors(currency)
    amount, rest = divmod(amount_minor * finer, coarser)
    if rest or (currency in THREE and amount % TEN):
        raise AmountNotPayable("Pay it another way: the last digit is too fine for cards.")
    return amount


def from_stripe(amount: int, currency: str) -> int:
    """The same back, in minor units."""
    finer, coarser = _factors(currency)
    return amount * coarser // finer


def _factors(currency: str) -> tuple[int, int]:
    """By how much Stripe counts finer than ISO 4217, and by how much coarser; one of them is 1."""
    shift = _decimals(currency) - exponent(currency)
    return TEN ** abs(max(shift, 0)), TEN ** abs(min(shift, 0))


def _decimals(currency: str) -> int:
    if currency in THREE:
        return 3
    return 0 if currency in ZERO else 2
