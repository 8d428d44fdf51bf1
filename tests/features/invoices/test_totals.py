"""Sums by the API, by an oracle that knows only Decimal, and inside the PDF: all the same."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.features.invoices.billing import TEAM, done, draft, pair
from tests.features.invoices.papers import complaints, xml_in
from tests.features.invoices.test_papers import stated
from tests.make import Make

DECIMALS = {"EUR": 2, "JPY": 0, "KWD": 3}
LINES = [
    {"quantity": "1.333333", "unit_amount_minor": 9999, "tax_rate": "19"},
    {"quantity": "3", "unit_amount_minor": 333, "tax_rate": "7", "discount_percent": "3.3333"},
    {"quantity": "0.5", "unit_amount_minor": 1, "tax_rate": "8.875"},
    {"quantity": "12", "unit_amount_minor": 4501, "tax_rate": "19", "discount_percent": "12.5"},
    {"quantity": "1", "unit_amount_minor": 777, "tax_rate": "0"},
    {"quantity": "2", "unit_amount_minor": 50, "tax_rate": "0", "tax_exempt_reason": "Art. 132"},
]
DISCOUNTS: list[dict[str, Any] | None] = [None, {"percent": "7.7777"}, {"amount_minor": 4321}]


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def nets_of(lines: list[dict[str, Any]]) -> list[int]:
    return [
        rounded(
            Decimal(line["quantity"])
            * line["unit_amount_minor"]
            * (1 - Decimal(line.get("discount_percent", "0")) / 100)
        )
        for line in lines
    ]


@pytest.mark.parametrize("discount", DISCOUNTS)
@pytest.mark.parametrize("currency", sorted(DECIMALS))
async def test_mixed_rates_and_discounts(
    make: Make, currency: str, discount: dict[str, Any] | None
):
    owner, client = await pair(make)
    lines = [{"description": "Work", **line} for line in LINES]
    fields = {"currency": currency, "lines": lines, "discount": discount}
    one = await done(owner, await draft(owner, client.contact_id, **fields), "finalize")
    nets = nets_of(LINES)
    given = discount or {}
    off = given.get("amount_minor") or rounded(sum(nets) * Decimal(given.get("percent", "0")) / 100)
    shares = [line["discount_minor"] for line in one["lines"]]
    assert [line["net_minor"] for line in one["lines"]] == nets
    assert (sum(shares), one["discount_minor"]) == (off, off)
    for net, part in zip(nets, shares, strict=True):
        assert abs(part - Decimal(off) * net / sum(nets)) < 1
    for rate, exempt in {(tax["rate"], tax["exempt"]) for tax in one["tax_totals"]}:
        base = sum(
            net - part
            for line, net, part in zip(LINES, nets, shares, strict=True)
            if (line["tax_rate"], "tax_exempt_reason" in line) == (rate, exempt)
        )
        tax = {"base_minor": base, "tax_minor": rounded(base * Decimal(rate) / 100)}
        assert {"rate": rate, "exempt": exempt, **tax} in one["tax_totals"]
    taxes = sum(tax["tax_minor"] for tax in one["tax_totals"])
    assert one["total_minor"] == sum(nets) - off + taxes
    pdf = (await owner.http.get(f"{TEAM}/{one['id']}/pdf")).content
    if currency == "KWD":  # the standard knows two decimals
        return
    xml, unit = xml_in(pdf), Decimal(10) ** DECIMALS[currency]
    assert complaints(xml) == []
    assert stated(xml, "GrandTotalAmount") == [one["total_minor"] / unit]
    assert stated(xml, "TaxTotalAmount") == [taxes / unit]
    assert stated(xml, "DuePayableAmount") == [one["amount_due_minor"] / unit]
