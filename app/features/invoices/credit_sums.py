"""What a credit note comes to: never more than is left of the invoice, tax included. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.core.money import RATE_STEPS, WHOLE, half_up, share, spread, steps
from app.features.invoices.totals import TaxTotal

Group = tuple[Decimal, bool]
"""A rate, and whether what is taxed at it is exempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a line, net of its discounts and of what was taken back already."""

    line_id: UUID
    group: Group
    net_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What is taken back: of each line, net, and of each tax."""

    nets: Mapping[UUID, int]
    taxes: tuple[TaxTotal, ...]

    @property
    def subtotal_minor(self) -> int:
        """Without tax."""
        return sum(self.nets.values())

    @property
    def tax_minor(self) -> int:
        """All taxes."""
        return sum(tax.tax_minor for tax in self.taxes)


class TooMuch(ValueError):
    """More is to be taken back than is left."""


def by_lines(left: Sequence[Left], taxes: Mapping[Group, int], nets: Mapping[UUID, int]) -> Credit:
    """Take back these lines' nets with the taxes on them; `taxes` is what is left of each.

    Of a rate of which nothing stays, all tax that is left goes back. Raises TooMuch.
    """
    for line in left:
        if nets.get(line.line_id, 0) > line.net_minor:
            raise TooMuch
    totals = []
    for group, some in _groups(left).items():
        base = sum(nets.get(line.line_id, 0) for line in some)
        whole = base == sum(line.net_minor for line in some)
        tax = taxes[group] if whole else min(share(base, group[0]), taxes[group])
        totals.append(_total(group, base, tax))
    return _credit(nets, totals)


def by_amount(left: Sequence[Left], taxes: Mapping[Group, int], amount_minor: int) -> Credit:
    """Take back an amount that includes tax, of all that is left in proportion. Raises TooMuch."""
    groups = _groups(left)
    gross = [sum(line.net_minor for line in some) + taxes[group] for group, some in groups.items()]
    if amount_minor > sum(gross):
        raise TooMuch
    nets: dict[UUID, int] = {}
    totals = []
    for (group, some), part in zip(groups.items(), spread(amount_minor, gross), strict=True):
        base = _net_in(part, group[0], most=sum(line.net_minor for line in some), tax=taxes[group])
        parts = spread(base, [line.net_minor for line in some])
        nets |= {line.line_id: net for line, net in zip(some, parts, strict=True)}
        totals.append(_total(group, base, part - base))
    return _credit(nets, totals)


def _groups(left: Sequence[Left]) -> dict[Group, list[Left]]:
    groups: dict[Group, list[Left]] = {}
    for line in left:
        groups.setdefault(line.group, []).append(line)
    return groups


def _net_in(gross_minor: int, rate: Decimal, *, most: int, tax: int) -> int:
    """What of an amount is net, at a rate; the rest of it fits into the tax that is left."""
    net = half_up(gross_minor * WHOLE, WHOLE + steps(rate, RATE_STEPS))
    return min(max(net, gross_minor - tax), most)


def _total(group: Group, base: int, tax: int) -> TaxTotal:
    return TaxTotal(rate=group[0], exempt=group[1], base_minor=base, tax_minor=tax)


def _credit(nets: Mapping[UUID, int], totals: Sequence[TaxTotal]) -> Credit:
    kept = tuple(tax for tax in totals if tax.base_minor or tax.tax_minor)
    return Credit(nets={line: net for line, net in nets.items() if net}, taxes=kept)
