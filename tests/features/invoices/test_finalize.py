"""From a draft to an invoice for good: numbers, snapshots, and what is missing."""

import pytest

from tests.features.invoices.billing import (
    TEAM,
    act,
    done,
    draft,
    edit,
    issued,
    pair,
    read,
    seller,
    set_up,
)
from tests.make import Make


async def test_a_draft_has_sums_and_no_number(make: Make):
    owner, client = await pair(make)
    made = await draft(owner, client.contact_id)
    assert (made["status"], made["number"], made["seller"]) == ("draft", None, None)
    sums = [made[f"{name}_minor"] for name in ("subtotal", "discount", "tax", "total")]
    assert sums == [18000, 0, 3420, 21420]
    assert made["amount_due_minor"] == 0
    [line] = made["lines"]
    assert (line["quantity"], line["tax_rate"], line["net_minor"]) == ("1.5", "19", 18000)


async def test_finalized_it_has_a_number_and_never_changes(make: Make):
    owner, client = await pair(make)
    first = await issued(owner, client.contact_id)
    year = first["issued_on"][:4]
    assert (first["number"], first["status"]) == (f"INV-{year}-0001", "open")
    assert first["amount_due_minor"] == first["total_minor"] == 21420
    total = {"rate": "19", "exempt": False, "base_minor": 18000, "tax_minor": 3420}
    assert first["tax_totals"] == [total]
    assert first["seller"]["name"] == "Okafor Coaching"
    assert first["buyer"]["country"] == "DE"
    assert (await issued(owner, client.contact_id))["number"] == f"INV-{year}-0002"
    await set_up(owner, seller_name="Another name")
    assert await read(owner, first) == first == await read(client, first)
    for answer in (
        await edit(owner, first, memo="x"),
        await owner.http.delete(f"{TEAM}/{first['id']}"),
        await act(owner, first, "finalize"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "invoice_state")
        assert answer.json()["status_now"] == "open"


async def test_another_prefix_begins_another_series(make: Make):
    owner, client = await pair(make)
    await issued(owner, client.contact_id)
    await set_up(owner, number_prefix="2B")
    number = (await issued(owner, client.contact_id))["number"]
    assert number.startswith("2B-")
    assert number.endswith("-0001")


async def test_all_that_is_missing_is_named_at_once(make: Make):
    owner = await make.coach()
    contact = await make.contact(workspace_id=owner.workspace_id)
    taxed = await draft(owner, contact.id)
    answer = await act(owner, taxed, "finalize")
    assert (answer.status_code, answer.json()["code"]) == (422, "invoice_incomplete")
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/invoice_settings/seller_name",
        "/invoice_settings/seller_address",
        "/invoice_settings/tax_id",
    ]
    empty = await draft(owner, contact.id, lines=[])
    pointers = [
        error["pointer"] for error in (await act(owner, empty, "finalize")).json()["errors"]
    ]
    assert pointers[-1] == "/lines"
    assert "/invoice_settings/tax_id" not in pointers
    assert (await read(owner, taxed))["status"] == "draft"


async def test_refused_ones_leave_no_gap(make: Make):
    owner, client = await pair(make)
    numbers = []
    for n in range(4):
        one = await draft(owner, client.contact_id, lines=[] if n % 2 else None or LINE)
        answer = await act(owner, one, "finalize")
        if answer.is_success:
            numbers.append(answer.json()["number"][-4:])
    assert numbers == ["0001", "0002"]


LINE = [{"description": "An hour", "unit_amount_minor": 100}]


async def test_nothing_to_pay_is_paid(make: Make):
    owner, client = await pair(make)
    free = await issued(owner, client.contact_id, discount={"percent": "100"})
    assert (free["status"], free["total_minor"], free["amount_due_minor"]) == ("paid", 0, 0)


async def test_the_buyer_is_whom_the_latest_invoice_named(make: Make):
    owner = await seller(make)
    fields = {"first_name": "Ada", "last_name": "Byron", "company": "Engines Ltd"}
    contact = await make.contact(workspace_id=owner.workspace_id, **fields)
    own = await issued(owner, contact.id)
    assert own["buyer"]["name"] == "Engines Ltd"
    bill_to = {"name": "Analytical Ltd", "address": "1 Mill Lane", "country": "GB"}
    await issued(owner, contact.id, bill_to=bill_to)
    third = (await issued(owner, contact.id))["buyer"]
    assert (third["name"], third["address"], third["country"]) == tuple(bill_to.values())


async def test_it_is_due_when_the_terms_say_unless_the_draft_does(make: Make):
    owner, client = await pair(make, payment_terms_days=0)
    today = await issued(owner, client.contact_id)
    assert today["due_on"] == today["issued_on"]
    chosen = await issued(owner, client.contact_id, due_on="2031-05-01")
    assert chosen["due_on"] == "2031-05-01"


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("quantity", 1.5, "/lines/0/quantity"),
        ("quantity", "0", "/lines/0/quantity"),
        ("quantity", "1e3", "/lines/0/quantity"),
        ("quantity", "0.0000001", "/lines/0/quantity"),
        ("tax_rate", "100.5", "/lines/0/tax_rate"),
        ("tax_rate", "-1", "/lines/0/tax_rate"),
        ("unit_amount_minor", -1, "/lines/0/unit_amount_minor"),
        ("unit_amount_minor", 10**13, "/lines/0/unit_amount_minor"),
        ("description", " ", "/lines/0/description"),
    ],
)
async def test_lines_that_can_not_be(make: Make, field: str, value: object, pointer: str):
    owner, client = await pair(make)
    line = {"description": "An hour", "unit_amount_minor": 100, field: value}
    body = {"contact_id": str(client.contact_id), "lines": [line]}
    answer = await owner.http.post(TEAM, json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_more_than_there_is_and_more_than_can_be_counted(make: Make):
    owner, client = await pair(make)
    body = {"contact_id": str(client.contact_id), "lines": LINE}
    answer = await owner.http.post(TEAM, json={**body, "discount": {"amount_minor": 101}})
    assert (answer.status_code, answer.json()["code"]) == (422, "discount_too_large")
    dear = {"description": "x", "unit_amount_minor": 10**12, "quantity": "1000000"}
    answer = await owner.http.post(TEAM, json={**body, "lines": [dear]})
    assert (answer.status_code, answer.json()["code"]) == (422, "amount_too_large")


async def test_a_copy_is_a_draft_of_the_same(make: Make):
    owner, client = await pair(make)
    first = await issued(owner, client.contact_id, discount={"percent": "10"}, memo="Thank you")
    copy = await done(owner, first, "duplicate")
    assert (copy["status"], copy["number"]) == ("draft", None)
    assert (copy["total_minor"], copy["memo"]) == (first["total_minor"], "Thank you")
    assert [one["id"] for one in copy["lines"]] != [one["id"] for one in first["lines"]]


async def test_of_two_editors_the_second_is_refused(make: Make):
    owner, client = await pair(make)
    made = await draft(owner, client.contact_id)
    tag = (await owner.http.get(f"{TEAM}/{made['id']}")).headers["ETag"]
    assert (await edit(owner, made, None, memo="One")).status_code == 428
    changed = await edit(owner, made, tag, lines=LINE, discount={"amount_minor": 10})
    assert (changed.status_code, changed.json()["total_minor"]) == (200, 90)
    assert (await edit(owner, made, tag, memo="Two")).status_code == 412
    assert (await edit(owner, made, discount=None)).json()["total_minor"] == 100


async def test_clients_see_no_drafts_and_nobody_elses(make: Make):
    owner, client = await pair(make)
    made = await draft(owner, client.contact_id)
    url = f"/v1/portal/invoices/{made['id']}"
    assert (await client.http.get(url)).status_code == 404
    await done(owner, made, "finalize")
    assert (await client.http.get(url)).status_code == 200
    other = await make.client(workspace_id=owner.workspace_id)
    assert (await other.http.get(url)).status_code == 404
    assert len((await client.http.get("/v1/portal/invoices")).json()["data"]) == 1


async def test_lists_know_what_is_overdue_and_part_paid(make: Make):
    owner, client = await pair(make)
    late = await issued(owner, client.contact_id, due_on="2020-01-01")
    part = await issued(owner, client.contact_id)
    await done(owner, part, "payments", {"amount_minor": 1})
    await draft(owner, client.contact_id)

    async def found(**query: str) -> list[str]:
        answer = await owner.http.get(TEAM, params=query)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["data"]]

    assert await found(status="overdue") == [late["id"]]
    assert await found(status="partially_paid") == [part["id"]]
    assert await found(status="open") == [part["id"], late["id"]]
    assert await found(number="-0001") == [late["id"]]
    assert await found(number="%") == []
    assert await found(issued_from="2020-01-01", issued_to="2020-12-31") == []
    assert len(await found(contact_id=str(client.contact_id))) == 3
    assert (await read(owner, late))["overdue"]


async def test_a_contact_with_an_invoice_stays(make: Make):
    owner = await seller(make)
    contact = await make.contact(workspace_id=owner.workspace_id)
    await draft(owner, contact.id)
    invoice = await issued(owner, contact.id)
    answer = await owner.http.delete(f"/v1/contacts/{contact.id}")
    assert answer.status_code == 409
    assert "invoices" in answer.text
    await done(owner, invoice, "void")
    assert (await owner.http.delete(f"/v1/contacts/{contact.id}")).status_code == 409
