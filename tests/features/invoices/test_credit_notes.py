"""Taking back: by line, by amount, or all; never more than there is, tax included."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import share
from app.features.invoices.credit_sums import Left, TooMuch, by_amount, by_lines
from tests.features.invoices.billing import TEAM, act, done, draft, issued, money, pair, read
from tests.features.invoices.papers import complaints, xml_in
from tests.make import Make, Person
from tests.post_office import PostOffice

TWO = [
    {"description": "Coaching", "quantity": "2", "unit_amount_minor": 10000, "tax_rate": "19"},
    {"description": "Book", "quantity": "1", "unit_amount_minor": 2000, "tax_rate": "7"},
]


async def credited(owner: Person, invoice: dict[str, Any], **body: Any) -> dict[str, Any]:
    return await done(owner, invoice, "credit-notes", body)


async def test_all_of_it_goes_back_and_nothing_is_due(make: Make, post_office: PostOffice):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id, lines=TWO, discount={"percent": "10"})
    note = await credited(owner, one, reason="Booked twice")
    year = date.today().year  # noqa: DTZ011 - as a person would look
    assert note["number"].startswith(("CN-", f"CN-{year}"))
    sums = [note[name] for name in ("subtotal_minor", "tax_minor", "total_minor")]
    assert sums == [
        one["subtotal_minor"] - one["discount_minor"],
        one["tax_minor"],
        one["total_minor"],
    ]
    left = await read(owner, one)
    assert money(left) == ("paid", 0, 0, 0)
    assert left["amount_credited_minor"] == one["total_minor"]
    assert (await act(owner, one, "credit-notes")).json()["code"] == "credit_exceeds_invoice"
    [message] = await post_office.deliver()
    assert note["number"] in str(message["subject"])
    [part] = message.iter_attachments()
    content = part.get_content()
    assert complaints(xml_in(content)) == []
    url = f"credit-notes/{note['id']}/pdf"
    for person, base in ((owner, TEAM), (client, "/v1/portal/invoices")):
        answer = await person.http.get(f"{base}/{one['id']}/{url}")
        assert answer.content == content


async def test_a_line_and_then_what_is_left_of_it(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id, lines=TWO)
    line_id = one["lines"][0]["id"]
    part = await credited(owner, one, lines=[{"line_id": line_id, "net_minor": 5000}])
    assert (part["subtotal_minor"], part["tax_minor"]) == (5000, 950)
    rest = await credited(owner, one, lines=[{"line_id": line_id}])
    assert (rest["subtotal_minor"], rest["tax_minor"]) == (15000, 2850)
    over = await act(owner, one, "credit-notes", {"lines": [{"line_id": line_id, "net_minor": 1}]})
    assert (over.status_code, over.json()["creditable_minor"]) == (409, 2140)
    assert money(await read(owner, one)) == ("open", 0, 2140, 0)


async def test_what_was_paid_beyond_what_is_left_can_go_back(make: Make, post_office: PostOffice):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id, lines=TWO)
    await done(owner, one, "payments", {"amount_minor": one["total_minor"]})
    note = await credited(owner, one, amount_minor=10000)
    assert note["total_minor"] == 10000
    assert money(await read(owner, one)) == ("paid", one["total_minor"] - 10000, 0, 10000)
    await done(owner, one, "refunds", {"amount_minor": 10000})
    assert (await read(owner, one))["unapplied_minor"] == 0


async def test_a_part_paid_invoice_whose_rest_is_taken_back_is_paid(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 20000})
    await credited(owner, one, amount_minor=1420)
    assert money(await read(owner, one)) == ("paid", 20000, 0, 0)


@pytest.mark.parametrize("body", [{"amount_minor": 21421}, {"amount_minor": 10**12}])
async def test_more_than_there_is_stays(make: Make, body: dict[str, Any]):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    answer = await act(owner, one, "credit-notes", body)
    assert (answer.status_code, answer.json()["creditable_minor"]) == (409, 21420)


async def test_drafts_void_ones_and_strange_lines(make: Make):
    owner, client = await pair(make)
    one = await draft(owner, client.contact_id)
    assert (await act(owner, one, "credit-notes")).json()["code"] == "invoice_state"
    one = await done(owner, one, "finalize")
    strange = {"lines": [{"line_id": one["id"]}]}
    answer = await act(owner, one, "credit-notes", strange)
    assert answer.json()["errors"][0]["pointer"] == "/lines/0/line_id"
    await done(owner, one, "void")
    assert (await act(owner, one, "credit-notes")).json()["code"] == "invoice_state"


async def test_the_series_are_apart_and_both_without_a_gap(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    notes = [(await credited(owner, one, amount_minor=100))["number"][-4:] for _ in range(3)]
    assert notes == ["0001", "0002", "0003"]
    assert (await issued(owner, client.contact_id))["number"].endswith("-0002")


GROUPS = [(Decimal(19), False), (Decimal(7), False), (Decimal(0), False), (Decimal(0), True)]


@given(
    st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(0, 10**7)), min_size=1, max_size=8),
    st.lists(st.integers(0, 100), min_size=1, max_size=6),
)
def test_bit_by_bit_it_all_goes_back_and_never_more(
    lines: list[tuple[tuple[Decimal, bool], int]], percents: list[int]
):
    nets = {UUID(int=n): net for n, (_, net) in enumerate(lines)}
    groups = {UUID(int=n): group for n, (group, _) in enumerate(lines)}
    taxes = {
        group: share(sum(nets[i] for i in nets if groups[i] == group), group[0])
        for group in groups.values()
    }
    total = sum(nets.values()) + sum(taxes.values())
    for percent in [*percents, 100]:
        amount = (sum(nets.values()) + sum(taxes.values())) * percent // 100
        left = [Left(line_id=i, group=groups[i], net_minor=nets[i]) for i in nets]
        credit = by_amount(left, taxes, amount)
        assert credit.subtotal_minor + credit.tax_minor == amount
        for i, net in credit.nets.items():
            nets[i] -= net
        for tax in credit.taxes:
            taxes[tax.rate, tax.exempt] -= tax.tax_minor
        total -= amount
        assert min([*nets.values(), *taxes.values()]) >= 0
    assert total == sum(nets.values()) + sum(taxes.values()) == 0


def test_the_last_of_a_rate_takes_all_tax_that_is_left():
    """A third of 1.00 thrice at 19 %: 0.06 twice, then the 0.07 that is left."""
    line, group = UUID(int=1), (Decimal(19), False)
    left, taxes, taken = 100, {group: 19}, []
    for net in (33, 33, 34):
        credit = by_lines([Left(line_id=line, group=group, net_minor=left)], taxes, {line: net})
        left, taxes[group] = left - net, taxes[group] - credit.tax_minor
        taken.append(credit.tax_minor)
    assert (taken, left, taxes[group]) == ([6, 6, 7], 0, 0)
    with pytest.raises(TooMuch):
        by_lines([Left(line_id=line, group=group, net_minor=0)], taxes, {line: 1})
