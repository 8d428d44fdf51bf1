"""Refunds are Stripe's: asked for once, and noted as Stripe says they ended."""

from typing import Any

import httpx

from tests.fake_stripe import FakeStripe
from tests.features.invoices.billing import act, money, read
from tests.features.payments.test_webhooks import paid_at_stripe
from tests.features.payments.tills import tell, to
from tests.make import Make, Person
from tests.post_office import PostOffice


async def settled(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, office: PostOffice
) -> tuple[Person, Person, dict[str, Any]]:
    owner, client, invoice, session, _ = await paid_at_stripe(make, stripe)
    await tell(http, owner.workspace_id, stripe.event("checkout.session.completed", session))
    await office.deliver()
    return owner, client, invoice


async def test_a_refund_is_asked_for_once(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, stripe_office: PostOffice
):
    owner, client, invoice = await settled(make, http, stripe, stripe_office)
    await act(owner, invoice, "refunds", {"amount_minor": 2000})
    mails = await stripe_office.deliver()
    [refund] = stripe.refunds.values()
    told = stripe.event("refund.updated", refund)
    await tell(http, owner.workspace_id, told)

    invoice = await read(client, invoice)
    assert [(r["status"], r["amount_minor"]) for r in invoice["refunds"]] == [("succeeded", 2000)]
    assert len(to(mails, client)) == 1
    assert await stripe_office.deliver() == []


async def test_one_that_takes_days_is_pending_until_stripe_says_so(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, stripe_office: PostOffice
):
    owner, client, invoice = await settled(make, http, stripe, stripe_office)
    stripe.refund_status = "pending"
    await act(owner, invoice, "refunds")
    assert await stripe_office.deliver() == []
    assert (await read(client, invoice))["refunds"][0]["status"] == "pending"

    [refund] = stripe.refunds.values()
    refund["status"] = "succeeded"
    await tell(http, owner.workspace_id, stripe.event("refund.updated", refund))

    assert (await read(client, invoice))["amount_refunded_minor"] == 21420
    assert len(to(await stripe_office.deliver(), client)) == 1


async def test_one_that_fails_is_told_to_the_coach_and_can_go_another_way(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, stripe_office: PostOffice
):
    owner, client, invoice = await settled(make, http, stripe, stripe_office)
    stripe.refuse = "Charge has been charged back; cannot issue a refund."
    await act(owner, invoice, "refunds")
    mails = await stripe_office.deliver()

    assert (await read(owner, invoice))["refunds"][0]["status"] == "failed"
    assert to(mails, client) == []
    [subject] = to(mails, owner)
    assert subject.startswith("The refund of €214.20")
    by_hand = await act(owner, invoice, "refunds", {"through_provider": False})
    assert by_hand.json()["amount_refunded_minor"] == 21420
    assert money(await read(owner, invoice)) == ("paid", 21420, 0, 0)


async def test_while_stripe_is_down_a_refund_waits(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe, stripe_office: PostOffice
):
    owner, _, invoice = await settled(make, http, stripe, stripe_office)
    stripe.down = True
    await act(owner, invoice, "refunds")
    endings = await stripe_office.engine.drain()

    assert {ending.outcome for ending in endings} == {"postponed"}
    assert (await read(owner, invoice))["refunds"][0]["status"] == "pending"
