"""What comes in, what goes back, and what an invoice says of it."""

import pytest

from tests.features.invoices.billing import TEAM, act, done, draft, issued, money, pair, read
from tests.make import Make


async def test_parts_add_up_and_what_is_beyond_is_unapplied(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    half = await done(owner, one, "payments", {"amount_minor": 20000})
    assert money(half) == ("open", 20000, 1420, 0)
    assert half["partially_paid"]
    paid = await done(owner, one, "payments", {"amount_minor": 1500, "method": "cash"})
    assert money(paid) == ("paid", 21420, 0, 80)
    assert [payment["unapplied_minor"] for payment in paid["payments"]] == [0, 80]
    assert paid["paid_at"]
    more = await done(owner, one, "payments", {"amount_minor": 100})
    assert money(more) == ("paid", 21420, 0, 180)


async def test_money_on_a_void_invoice_is_kept(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    assert money(await done(owner, one, "void")) == ("void", 0, 0, 0)
    kept = await done(owner, one, "payments", {"amount_minor": 500})
    assert money(kept) == ("void", 0, 0, 500)
    assert money(await done(owner, one, "refunds")) == ("void", 0, 0, 0)


async def test_what_is_given_up_may_still_be_paid_or_void(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    given_up = await done(owner, one, "uncollectible")
    assert money(given_up) == ("uncollectible", 0, 21420, 0)
    assert money(await done(owner, one, "payments", {"amount_minor": 21420}))[0] == "paid"
    other = await issued(owner, client.contact_id)
    await done(owner, other, "uncollectible")
    assert (await done(owner, other, "void"))["status"] == "void"


async def test_what_was_paid_in_part_is_not_void(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 1})
    answer = await act(owner, one, "void")
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice_has_payments")


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        ("draft", ["send", "void", "uncollectible", "payments"]),
        ("paid", ["void", "uncollectible", "finalize"]),
        ("void", ["send", "uncollectible", "finalize"]),
        ("uncollectible", ["finalize"]),
    ],
)
async def test_each_status_allows_what_it_allows(make: Make, status: str, refused: list[str]):
    owner, client = await pair(make)
    one = await draft(owner, client.contact_id)
    if status != "draft":
        await done(owner, one, "finalize")
    if status == "paid":
        await done(owner, one, "payments", {"amount_minor": 21420})
    elif status != "draft":
        await done(owner, one, status)
    for verb in refused:
        body = {"amount_minor": 1} if verb == "payments" else {}
        answer = await act(owner, one, verb, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "invoice_state"), verb
    assert (await read(owner, one))["status"] == status


async def test_refunds_never_exceed_what_came(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    assert (await act(owner, one, "refunds")).json()["code"] == "refund_exceeds_payment"
    await done(owner, one, "payments", {"amount_minor": 21420})
    part = await done(owner, one, "refunds", {"amount_minor": 10000, "reason": "One hour less"})
    assert (part["amount_refunded_minor"], money(part)) == (10000, ("paid", 21420, 0, 0))
    over = await act(owner, one, "refunds", {"amount_minor": 11421})
    assert (over.status_code, over.json()["refundable_minor"]) == (409, 11420)
    assert (await done(owner, one, "refunds"))["amount_refunded_minor"] == 21420
    assert (await act(owner, one, "refunds")).status_code == 409
    stranger = await act(owner, one, "refunds", {"payment_id": one["id"]})
    assert (stranger.status_code, stranger.json()["code"]) == (422, "unknown_payment")


async def test_money_given_back_before_it_is_paid_is_due_again(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 5000})
    assert money(await done(owner, one, "refunds")) == ("open", 0, 21420, 0)


async def test_overpaid_money_goes_back_first(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 30000})
    back = await done(owner, one, "refunds", {"amount_minor": 8580})
    assert money(back) == ("paid", 21420, 0, 0)


async def test_a_payment_entered_by_mistake_is_struck_out(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    paid = await done(owner, one, "payments", {"amount_minor": 21420})
    url = f"{TEAM}/{one['id']}/payments/{paid['payments'][0]['id']}"
    assert (await owner.http.delete(url)).status_code == 204
    assert money(await read(owner, one)) == ("open", 0, 21420, 0)
    assert (await owner.http.delete(url)).status_code == 404
    again = await done(owner, one, "payments", {"amount_minor": 100})
    await done(owner, one, "refunds")
    url = f"{TEAM}/{one['id']}/payments/{again['payments'][0]['id']}"
    assert (await owner.http.delete(url)).status_code == 409


async def test_assistants_write_invoices_and_give_nothing_back(make: Make):
    owner, client = await pair(make)
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)
    one = await issued(assistant, client.contact_id)
    await done(assistant, one, "payments", {"amount_minor": 21420})
    assert (await act(assistant, one, "refunds")).status_code == 403
