"""A practice with its own Stripe account is paid through it, by Stripe's own client."""

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from app.features.payments.cashiers import Cashiers
from app.settings import Settings
from tests.fake_stripe import KEY, FakeStripe
from tests.features.invoices.billing import issued, money, pair, read
from tests.features.payments.tills import KEYS, ask_checkout, checkout, connect, tell
from tests.make import Make


async def test_connecting_tries_the_keys_and_shows_no_more_than_their_end(
    make: Make, stripe: FakeStripe
):
    owner, _ = await pair(make)
    shown = await connect(owner)

    assert shown["provider"] == "stripe"
    assert shown["stripe"]["key_hint"] == KEY[-4:]
    assert shown["stripe"]["live"] is False
    assert shown["webhook_url"].endswith(f"/payment-webhooks/stripe/{owner.workspace_id}")
    assert KEY not in (await owner.http.get("/v1/payment-settings")).text


async def test_keys_that_stripe_does_not_know_are_refused(make: Make, stripe: FakeStripe):
    owner, _ = await pair(make)
    wrong = {**KEYS, "secret_key": "sk_test_wrong"}
    answer = await owner.http.put("/v1/payment-settings/stripe", json=wrong)

    assert (answer.status_code, answer.json()["code"]) == (409, "payment_provider_refused")
    assert "sk_test" not in answer.text
    assert (await owner.http.get("/v1/payment-settings")).json()["stripe"] is None


async def test_the_client_pays_on_stripes_page(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    page = await checkout(client, invoice)
    [session] = stripe.sessions.values()
    assert page["url"] == session["url"]
    assert (session["amount_total"], session["currency"]) == (21420, "eur")
    assert session["success_url"].startswith("https://portal.example.test/invoices/")

    stripe.pay(session["id"])
    answer = await tell(
        http, owner.workspace_id, stripe.event("checkout.session.completed", session)
    )

    assert answer.status_code == 204, answer.text
    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)


async def test_a_session_whose_money_is_on_its_way_pays_nothing_yet(
    make: Make, http: httpx.AsyncClient, stripe: FakeStripe
):
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    await checkout(client, invoice)
    [session] = stripe.sessions.values()
    intent = stripe.pay(session["id"])
    intent["status"] = "processing"
    await tell(http, owner.workspace_id, stripe.event("checkout.session.completed", session))
    assert money(await read(client, invoice)) == ("open", 0, 21420, 0)

    intent["status"] = "succeeded"
    arrived = stripe.event("checkout.session.async_payment_succeeded", session)
    await tell(http, owner.workspace_id, arrived)

    assert money(await read(client, invoice)) == ("paid", 21420, 0, 0)


async def test_amounts_are_told_as_stripe_counts_them(make: Make, stripe: FakeStripe):
    owner, client = await pair(make)
    await connect(owner)
    line = {"description": "Coaching", "quantity": "1", "tax_rate": "0"}
    for currency, unit, counted in [("JPY", 5000, 5000), ("ISK", 5000, 500_000)]:
        lines = [{**line, "unit_amount_minor": unit}]
        await checkout(
            client, await issued(owner, client.contact_id, currency=currency, lines=lines)
        )
        assert [*stripe.sessions.values()][-1]["amount_total"] == counted

    lines = [{**line, "unit_amount_minor": 1234}]
    fine = await issued(owner, client.contact_id, currency="KWD", lines=lines)
    refused = await ask_checkout(client, fine)
    assert (refused.status_code, refused.json()["code"]) == (409, "amount_not_payable")


async def test_while_stripe_is_down_one_is_asked_to_come_again(make: Make, stripe: FakeStripe):
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    stripe.down = True

    answer = await ask_checkout(client, invoice)

    assert (answer.status_code, answer.json()["code"]) == (503, "payment_provider_away")
    stripe.down = False
    await checkout(client, invoice)


async def test_left_the_account_is_forgotten(make: Make, stripe: FakeStripe):
    owner, _ = await pair(make)
    await connect(owner)

    assert (await owner.http.delete("/v1/payment-settings/stripe")).status_code == 204

    shown = (await owner.http.get("/v1/payment-settings")).json()
    assert (shown["provider"], shown["stripe"]) == ("test", None)
    assert (await owner.http.delete("/v1/payment-settings/stripe")).status_code == 404


async def test_once_the_secret_key_is_another_nobody_pays_until_the_keys_are_entered_again(
    make: Make, app: FastAPI, stripe: FakeStripe, stripe_settings: Settings
):
    """Least of all in play money: the practice had said that it wants real money."""
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    changed = {"secret_key": SecretStr("another key, of thirty-two characters")}
    app.state.cashiers = Cashiers(stripe_settings.model_copy(update=changed))

    refused = await ask_checkout(client, invoice)

    assert (refused.status_code, refused.json()["code"]) == (409, "online_payments_off")
    assert (await owner.http.get("/v1/payment-settings")).json()["provider"] is None
    await connect(owner)
    assert (await checkout(client, invoice))["provider"] == "stripe"


async def test_leaving_stripe_closes_the_pages_on_which_somebody_could_still_pay(
    make: Make, stripe: FakeStripe
):
    owner, client = await pair(make)
    await connect(owner)
    invoice = await issued(owner, client.contact_id)
    left = await checkout(client, invoice)
    [session] = stripe.sessions.values()
    stripe.down = True
    assert (await owner.http.delete("/v1/payment-settings/stripe")).status_code == 503
    assert (await owner.http.get("/v1/payment-settings")).json()["provider"] == "stripe"

    stripe.down = False
    assert (await owner.http.delete("/v1/payment-settings/stripe")).status_code == 204

    assert session["status"] == "expired"
    assert (await checkout(client, invoice))["url"] != left["url"]
