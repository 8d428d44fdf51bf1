"""Payments that many begin, and that Stripe tells of many times at once, on real connections."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from app.features.payments.cashiers import Cashiers
from app.settings import Settings
from tests.fake_stripe import FakeStripe
from tests.features.invoices.billing import act, issued, money, pair, read
from tests.features.payments.tills import ask_checkout, checkout, connect, tell, to
from tests.make import Make
from tests.post_office import PostOffice

ROUNDS = 10


@pytest.fixture
async def stripe(racing_app: FastAPI, settings: Settings) -> AsyncIterator[FakeStripe]:
    async with FakeStripe() as fake:
        there = settings.model_copy(update={"stripe_api_url": fake.url})
        racing_app.state.cashiers = Cashiers(there)
        yield fake


async def test_however_many_begin_at_once_there_is_one_page(crowd: Make, stripe: FakeStripe):
    owner, client = await pair(crowd)
    await connect(owner)
    for _ in range(ROUNDS):
        stripe.sessions.clear()
        one = await issued(owner, client.contact_id)
        answers = await asyncio.gather(*(ask_checkout(client, one) for _ in range(8)))

        assert Counter(answer.status_code for answer in answers) == {200: 8}
        assert len({answer.json()["url"] for answer in answers}) == 1
        assert len(stripe.sessions) == 1


async def test_the_same_and_different_messages_at_once_are_one_payment(
    crowd: Make, stripe: FakeStripe
):
    owner, client = await pair(crowd)
    await connect(owner)
    office = PostOffice(crowd.runtime)
    for _ in range(ROUNDS):
        one = await issued(owner, client.contact_id)
        await checkout(client, one)
        session = [*stripe.sessions.values()][-1]
        intent = stripe.pay(session["id"])
        same = stripe.event("checkout.session.completed", session)
        other = stripe.event("payment_intent.succeeded", intent)
        async with crowd.anonymous() as http:
            answers = await asyncio.gather(
                *(tell(http, owner.workspace_id, message) for message in [same, other] * 5)
            )

        assert {answer.status_code for answer in answers} == {204}
        paid = await read(owner, one)
        assert money(paid) == ("paid", 21420, 0, 0)
        assert len(paid["payments"]) == 1
        mails = await office.deliver()
        assert len(to(mails, client)) == len(to(mails, owner)) == 1


async def test_paid_while_it_is_voided_the_money_is_kept(crowd: Make, stripe: FakeStripe):
    owner, client = await pair(crowd)
    await connect(owner)
    for _ in range(ROUNDS):
        one = await issued(owner, client.contact_id)
        await checkout(client, one)
        session = [*stripe.sessions.values()][-1]
        stripe.pay(session["id"])
        message = stripe.event("checkout.session.completed", session)
        async with crowd.anonymous() as http:
            told, voided = await asyncio.gather(
                tell(http, owner.workspace_id, message), act(owner, one, "void")
            )

        assert told.status_code == 204
        left = money(await read(owner, one))
        assert left == (("void", 0, 0, 21420) if voided.is_success else ("paid", 21420, 0, 0))
