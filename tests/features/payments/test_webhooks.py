"""Whatever Stripe tells, in whatever order and however often, the books say the same."""

from itertools import permutations
from typing import Any

import httpx
import pytest
import time_machine

from tests.fake_stripe import FakeStripe
from tests.features.invoices.billing import done, issued, money, pair, read
from tests.features.payments.tills import checkout, connect, tell, to
from tests.make import Make, Person
from tests.post_office import PostOffice


async def paid_at_stripe(
    make: Make, stripe: FakeStripe
) -> tuple[Person, Person, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Owner, client, invoice, session, and the intent that nobody told of yet."""
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    await checkout(client, invoice)
    session = [*stripe.sessions.values()][-1]
    return owner, client, invoice, session, stripe.pay(session["id"])


@pytest.mark.parametrize("order", [*list(permutations(range(4)))[::5], (3, 2, 1, 0)])
async def test_any_order_ends_the_same(
    order: tuple[int, ...],
    make: Make,
    http: httpx.AsyncClient,
    stripe: FakeStripe,
    post_office: PostOffice,
):
    owner, client, invoice, session, intent = await paid_at_stripe(make, stripe)
    refund = stripe.give_back(intent, 1420)
    charge = {"id": "ch_1", "object": "charge", "payment_intent": intent["id"]}
    events = [
        stripe.event("checkout.session.completed", session),
        stripe.event("payment_intent.succeeded", intent),
        stripe.event("charge.refunded", charge),
        stripe.event("refund.created", refund),
    ]

    for number in order:
        for _ in range(2):
            answer = await tell(http, owner.workspace_id, events[number])
            assert answer.status_code == 204, answer.text

    invoice = await read(client, invoice)
    assert money(invoice) == ("paid", 21420, 0, 0)
    assert invoice["amount_refunded_minor"] == 1420
    assert (len(invoice["payments"]), len(invoice["refunds"])) == (1, 1)
    mails = await post_office.deliver()
    assert len(to(mails, client)) == len(to(mails, owner)) == 2


async def test_forged_and_stale_messages_are_refused(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client, invoice, session, _ = await paid_at_stripe(make, stripe)
    body, headers = stripe.event("checkout.session.completed", session)
    with time_machine.travel("2020-01-01T00:00:00Z"):
        old = stripe.headers(body)
    forged = [
        (body + b" ", headers),
        (body, {**headers, "Stripe-Signature": "t=1,v1=00"}),
        (body, {**headers, "Stripe-Signature": "nonsense"}),
        (body, {"Content-Type": "application/json"}),
        (body, old),
        *((bad, stripe.headers(bad)) for bad in (b"{", b"[]", b"null", b"\xff\xfe", b"")),
        (b'{"id": "evt_9", "type": "charge.refunded"}', None),
    ]
    for bad_body, bad_headers in forged:
        message = (bad_body, bad_headers or stripe.headers(bad_body))
        answer = await tell(http, owner.workspace_id, message)
        assert (answer.status_code, answer.json()["code"]) == (400, "webhook_not_genuine")

    assert money(await read(client, invoice)) == ("open", 0, 21420, 0)
    other, _ = await pair(make)
    assert (await tell(http, other.workspace_id, (body, headers))).status_code == 404


async def test_what_is_nothing_to_us_is_accepted(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client, invoice, _, intent = await paid_at_stripe(make, stripe)
    strangers = {**intent, "id": "pi_strange", "metadata": {"invoice_id": "A-17"}}
    stripe.intents["pi_strange"] = strangers
    elsewhere = {**intent, "id": "pi_elsewhere", "metadata": {"invoice_id": owner.user_id.hex}}
    stripe.intents["pi_elsewhere"] = elsewhere
    for event in (
        stripe.event("customer.created", {"id": "cus_1", "object": "customer"}),
        stripe.event("payment_intent.succeeded", strangers),
        stripe.event("payment_intent.succeeded", elsewhere),
    ):
        assert (await tell(http, owner.workspace_id, event)).status_code == 204

    assert money(await read(client, invoice)) == ("open", 0, 21420, 0)


async def test_a_message_that_could_not_be_looked_up_is_asked_for_again(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client, invoice, session, _ = await paid_at_stripe(make, stripe)
    message = stripe.event("checkout.session.completed", session)
    stripe.down = True
    assert (await tell(http, owner.workspace_id, message)).status_code == 503

    stripe.down = False
    assert (await tell(http, owner.workspace_id, message)).status_code == 204
    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)


async def test_money_for_a_void_invoice_is_kept_as_unapplied_and_told(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, stripe_office: PostOffice
):
    owner, _, invoice, session, _ = await paid_at_stripe(make, stripe)
    await done(owner, invoice, "void")
    await stripe_office.deliver()
    assert "POST checkout/sessions/" + session["id"] + "/expire" in stripe.asked

    await tell(http, owner.workspace_id, stripe.event("checkout.session.completed", session))

    assert money(await read(owner, invoice)) == ("void", 0, 0, 21420)
    mails = await stripe_office.deliver()
    assert len(to(mails, owner)) == 1
    assert "nothing was due" in to(mails, owner)[0]


async def test_a_page_that_expired_is_replaced(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    first = await checkout(client, invoice)
    [session] = stripe.sessions.values()
    expired = stripe.event("checkout.session.expired", {**session, "status": "expired"})
    await tell(http, owner.workspace_id, expired)

    second = await checkout(client, invoice)

    assert len(stripe.sessions) == 2
    assert first["url"] != second["url"]


async def test_money_of_another_currency_is_not_counted_as_the_invoices(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client, invoice, session, intent = await paid_at_stripe(make, stripe)
    intent["currency"] = "jpy"
    message = stripe.event("checkout.session.completed", session)
    refused = await tell(http, owner.workspace_id, message)
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_in_wrong_currency")
    assert money(await read(client, invoice)) == ("open", 0, 21420, 0)

    intent["currency"] = "eur"
    assert (await tell(http, owner.workspace_id, message)).status_code == 204
    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)
