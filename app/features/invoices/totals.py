"""What an invoice comes to, to the minor unit. Pure: numbers in, numbers out.

Each line's net is rounded half up; the document's discount is spread over the lines by largest
remainder; tax is taken once per rate, on the sum of what is left, half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import priced, share, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is charged for: `unit_amount_minor` each, percentages as 19 for 19 %.

    `exempt_reason` is why nothing is taxed at a rate of nought.
    """

    quantity: Decimal
    unit_amount_minor: int
    tax_rate: Decimal
    discount_percent: Decimal | None = None
    exempt_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """Off the whole document: a percentage, or an amount in minor units."""

    percent: Decimal | None = None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTotal:
    """All that is taxed at one rate; of the untaxed, those exempt for a reason stand apart."""

    rate: Decimal
    exempt: bool
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sums. `nets` and `shares` are each line's net and its part of the discount."""

    nets: tuple[int, ...]
    shares: tuple[int, ...]
    taxes: tuple[TaxTotal, ...]

    @property
    def subtotal_minor(self) -> int:
        """All lines, before the document's discount."""
        return sum(self.nets)

    @property
    def discount_minor(self) -> int:
        """The document's discount."""
        return sum(self.shares)

    @property
    def tax_minor(self) -> int:
        """All taxes."""
        return sum(tax.tax_minor for tax in self.taxes)

    @property
    def total_minor(self) -> int:
        """What is asked for."""
        return self.subtotal_minor - self.discount_minor + self.tax_minor


class DiscountExceedsTotal(ValueError):
    """More is taken off than there is."""


def totals_of(lines: Sequence[Line], discount: Discount | None = None) -> Totals:
    """The sums of these lines. Raises DiscountExceedsTotal."""
    nets = [priced(one.unit_amount_minor, one.quantity, one.discount_percent) for one in lines]
    off = _taken_off(sum(nets), discount)
    shares = spread(off, nets) if nets else []
    bases = [net - part for net, part in zip(nets, shares, strict=True)]
    return Totals(nets=tuple(nets), shares=tuple(shares), taxes=taxes_on(lines, bases))


def _taken_off(subtotal_minor: int, discount: Discount | None) -> int:
    if discount is None:
        return 0
    if discount.percent is not None:
        return share(subtotal_minor, discount.percent)
    off = discount.amount_minor or 0
    if off > subtotal_minor:
        raise DiscountExceedsTotal
    return off


def taxes_on(lines: Sequence[Line], bases: Sequence[int]) -> tuple[TaxTotal, ...]:
    """The taxes on what is left of each line, the highest rate first."""
    groups: dict[tuple[Decimal, bool], int] = {}
    for line, base in zip(lines, bases, strict=True):
        group = (line.tax_rate.normalize(), line.exempt_reason is not None)
        groups[group] = groups.get(group, 0) + base
    return tuple(
        TaxTotal(rate=rate, exempt=exempt, base_minor=base, tax_minor=share(base, rate))
        for (rate, exempt), base in sorted(groups.items(), key=lambda one: (-one[0][0], one[0][1]))
    )
