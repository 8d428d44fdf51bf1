"""Sums of money against an oracle that knows only Decimal and the rules in words."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import exponent, half_up, in_major_units, priced, share, spread, steps
from app.features.invoices.totals import Discount, DiscountExceedsTotal, Line, totals_of

RATES = ["0", "5", "5.5", "7", "8.875", "10", "19", "21", "25"]
PERCENTS = st.decimals("0", "100", places=4)


def lines() -> st.SearchStrategy[Line]:
    taxed = st.builds(
        Line,
        quantity=st.decimals("0.000001", "1000", places=6),
        unit_amount_minor=st.integers(0, 10**9),
        tax_rate=st.sampled_from(RATES).map(Decimal),
        discount_percent=st.none() | PERCENTS,
    )
    exempt = st.builds(
        Line,
        quantity=st.just(Decimal(1)),
        unit_amount_minor=st.integers(0, 10**9),
        tax_rate=st.just(Decimal(0)),
        exempt_reason=st.just("Art. 132 (1) (i) of Directive 2006/112/EC"),
    )
    return taxed | exempt


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def net(line: Line) -> int:
    less = 1 - (line.discount_percent or 0) / Decimal(100)
    return rounded(line.unit_amount_minor * line.quantity * less)


@given(st.lists(lines(), min_size=1, max_size=12), st.none() | PERCENTS)
def test_totals_are_the_oracles(charged: list[Line], percent: Decimal | None):
    found = totals_of(charged, Discount(percent=percent) if percent is not None else None)
    with localcontext(prec=60):
        nets = [net(line) for line in charged]
        off = rounded(sum(nets) * (percent or Decimal()) / 100)
        assert list(found.nets) == nets
        assert (found.subtotal_minor, found.discount_minor) == (sum(nets), off)
        for line, part in zip(nets, found.shares, strict=True):
            fair = Decimal(off) * line / sum(nets) if any(nets) else Decimal(0)
            assert abs(part - fair) < 1
            assert 0 <= part <= line
        for tax in found.taxes:
            base = sum(
                n - part
                for line, n, part in zip(charged, nets, found.shares, strict=True)
                if line.tax_rate == tax.rate and bool(line.exempt_reason) == tax.exempt
            )
            assert tax.base_minor == base
            assert tax.tax_minor == rounded(base * tax.rate / 100)
    assert sum(tax.base_minor for tax in found.taxes) == found.subtotal_minor - found.discount_minor
    taxes = sum(tax.tax_minor for tax in found.taxes)
    assert found.total_minor == found.subtotal_minor - found.discount_minor + taxes


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_parts_sum_up_and_are_fair(amount: int, weights: list[int]):
    parts = spread(amount, weights)
    total = sum(weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        if total:
            assert amount * weight // total <= part <= -(-amount * weight // total)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [0, 0, 0], [34, 33, 33]),
        (1, [1, 2, 1], [0, 1, 0]),
        (0, [5, 5], [0, 0]),
        (10, [0, 7], [0, 10]),
    ],
)
def test_the_remainder_goes_to_whom_it_is_due(amount: int, weights: list[int], parts: list[int]):
    assert spread(amount, weights) == parts


@pytest.mark.parametrize(
    ("currency", "decimals", "shown"),
    [("EUR", 2, "123.45"), ("JPY", 0, "12345"), ("KWD", 3, "12.345"), ("CLF", 4, "1.2345")],
)
def test_minor_units_are_iso_4217s(currency: str, decimals: int, shown: str):
    assert exponent(currency) == decimals
    assert str(in_major_units(12345, currency)) == shown


def test_halves_go_up_and_only_once():
    assert [half_up(n, 2) for n in range(5)] == [0, 1, 1, 2, 2]
    assert priced(333, Decimal("1.5")) == 500  # 499.5
    assert priced(999, Decimal("0.5"), Decimal(50)) == 250  # 249.75, not half of 500
    assert share(1050, Decimal(19)) == 200  # 199.5


def test_tax_is_taken_on_the_sum_and_not_line_by_line():
    """Three lines of 0.33 at 19 %: 0.06 each would be 0.18; the sum's is 0.19."""
    line = Line(quantity=Decimal(1), unit_amount_minor=33, tax_rate=Decimal(19))
    found = totals_of([line] * 3)
    assert (found.tax_minor, found.total_minor) == (19, 118)


def test_untaxed_and_exempt_stand_apart_and_rates_are_numbers():
    charged = [
        Line(quantity=Decimal(1), unit_amount_minor=100, tax_rate=Decimal("7.0")),
        Line(quantity=Decimal(1), unit_amount_minor=100, tax_rate=Decimal(0)),
        Line(quantity=Decimal(1), unit_amount_minor=100, tax_rate=Decimal(0), exempt_reason="x"),
        Line(quantity=Decimal(1), unit_amount_minor=100, tax_rate=Decimal("7.0000")),
    ]
    shown = [(tax.rate, tax.exempt, tax.base_minor) for tax in totals_of(charged).taxes]
    assert shown == [(Decimal(7), False, 200), (Decimal(0), False, 100), (Decimal(0), True, 100)]


def test_more_can_not_be_taken_off_than_there_is():
    line = Line(quantity=Decimal(1), unit_amount_minor=100, tax_rate=Decimal(0))
    assert totals_of([line], Discount(amount_minor=100)).total_minor == 0
    with pytest.raises(DiscountExceedsTotal):
        totals_of([line], Discount(amount_minor=101))


def test_what_is_finer_than_a_step_is_refused():
    with pytest.raises(ValueError, match="finer"):
        steps(Decimal("0.00001"), 10**4)
