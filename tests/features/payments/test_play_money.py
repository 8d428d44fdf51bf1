"""Without keys an invoice is paid to the end, in play money."""

from typing import Any

import httpx

from tests.features.invoices.billing import issued, money, pair, read
from tests.features.payments.tills import ask_checkout, checkout, path_of, press, to
from tests.make import Make
from tests.post_office import PostOffice


async def test_approving_pays_the_invoice_and_both_hear_of_it_once(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    page = await checkout(client, invoice)
    assert (page["provider"], page["amount_minor"]) == ("test", 21420)
    shown = await http.get(path_of(page))
    assert "€214.20" in shown.text
    assert "Approve" in shown.text

    answers = [await press(http, page, "approved") for _ in range(3)]

    assert all("Paid. Thank you!" in answer.text for answer in answers)
    paid = await read(client, invoice)
    assert money(paid) == ("paid", 21420, 0, 0)
    assert [payment["provider"] for payment in paid["payments"]] == ["test"]
    mails = await post_office.deliver()
    assert len(to(mails, client)) == len(to(mails, owner)) == 1


async def test_declining_leaves_it_due_and_tells_the_coach(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    page = await checkout(client, invoice)

    answer = await press(http, page, "declined")

    assert "declined" in answer.text
    assert money(await read(client, invoice)) == ("open", 0, 21420, 0)
    mails = await post_office.deliver()
    [subject] = to(mails, owner)
    assert subject.endswith("payment of €214.20 was declined")
    assert to(mails, client) == []
    again = await checkout(client, invoice)
    assert again["url"] != page["url"]


async def test_asked_again_it_is_the_same_page_until_the_amount_changes(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    first, second = await checkout(client, invoice), await checkout(client, invoice)
    assert first == second

    await _enter(owner, invoice, 10000)
    await post_office.deliver()

    stale = await press(http, first, "approved")
    assert "no longer counts" in stale.text
    fresh = await checkout(client, invoice)
    assert fresh["amount_minor"] == 11420
    await press(http, fresh, "approved")
    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)


async def test_a_refund_goes_back_the_way_it_came(
    make: Make, http: httpx.AsyncClient, post_office: PostOffice
):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    await press(http, await checkout(client, invoice), "approved")
    await post_office.deliver()

    answer = await _refund(owner, invoice, amount_minor=5000)
    assert answer.json()["refunds"][0]["status"] == "pending"
    mails = await post_office.deliver()

    refunded = await read(owner, invoice)
    assert refunded["refunds"][0]["status"] == "succeeded"
    assert refunded["amount_refunded_minor"] == 5000
    assert len(to(mails, client)) == len(to(mails, owner)) == 1
    too_much = await _refund(owner, invoice, amount_minor=20000)
    assert (too_much.status_code, too_much.json()["code"]) == (409, "refund_exceeds_payment")


async def test_there_is_nothing_to_pay_where_nothing_is_due(make: Make):
    owner, client = await pair(make)
    invoice = await issued(owner, client.contact_id)
    await _enter(owner, invoice, 21420)

    refused = await ask_checkout(client, invoice)

    assert (refused.status_code, refused.json()["code"]) == (409, "invoice_not_payable")


async def _enter(owner: Any, invoice: dict[str, Any], amount_minor: int) -> None:
    answer = await owner.http.post(
        f"/v1/invoices/{invoice['id']}/payments",
        json={"amount_minor": amount_minor},
        headers={"Idempotency-Key": f"pay {amount_minor}"},
    )
    assert answer.status_code == 201, answer.text


async def _refund(owner: Any, invoice: dict[str, Any], **body: Any) -> httpx.Response:
    answer: httpx.Response = await owner.http.post(
        f"/v1/invoices/{invoice['id']}/refunds",
        json=body,
        headers={"Idempotency-Key": f"back {body}"},
    )
    return answer
