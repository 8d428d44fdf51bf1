"""Programs bring their invoices along, once; who has paid begins."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import share
from app.features.invoices.plans import net_of
from tests.features.invoices.billing import done, pair, read, set_up
from tests.features.invoices.test_sending import told
from tests.features.programs.enrolling import enroll, enrolled
from tests.make import Make, Person
from tests.post_office import PostOffice

PRICE = {"amount_minor": 100_000, "currency": "EUR"}
BEGUN = datetime(2027, 1, 31, 12, tzinfo=UTC)


async def program(owner: Person, **fields: Any) -> dict[str, Any]:
    body = {"name": "Voice", "status": "published", "price": PRICE, **fields}
    answer = await owner.http.post("/v1/programs", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def invoices(person: Person) -> list[dict[str, Any]]:
    """What a client has to pay, or a practice is paid; the earliest first."""
    base = "/v1/portal/invoices" if person.contact_id else "/v1/invoices"
    return list(reversed((await person.http.get(base)).json()["data"]))


async def status(owner: Person, enrollment: dict[str, Any]) -> tuple[str, list[str]]:
    found = (await owner.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    return found["status"], found["outstanding_steps"]


async def signed_up(owner: Person, client: Person, **offer: Any) -> dict[str, Any]:
    one = await enrolled(owner, await program(owner, **offer), client.contact_id)
    assert one["outstanding_steps"] == ["payment"]
    answer = await client.http.post(f"/v1/portal/enrollments/{one['id']}/accept")
    assert answer.is_success, answer.text
    return one


async def test_signing_up_asks_for_the_price_and_paying_begins(make: Make, post_office: PostOffice):
    owner, client = await pair(make, default_tax_rate="19")
    one = await signed_up(owner, client)
    [invoice] = await invoices(client)
    assert (invoice["total_minor"], invoice["enrollment_id"]) == (100_000, one["id"])
    assert (await read(client, invoice))["lines"][0]["description"] == "Voice"
    assert await status(owner, one) == ("invited", ["payment"])
    subjects = [subject for _, subject in told(await post_office.deliver(), client)]
    assert f"Invoice {invoice['number']} from Practice 1" in subjects
    await done(owner, invoice, "payments", {"amount_minor": 50_000})
    assert await status(owner, one) == ("invited", ["payment"])
    await done(owner, invoice, "payments", {"amount_minor": 50_000})
    assert await status(owner, one) == ("active", [])
    again = await client.http.post(f"/v1/portal/enrollments/{one['id']}/accept")
    assert again.status_code == 409
    assert len(await invoices(owner)) == 1


async def test_installments_sum_up_and_the_first_lets_in(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make, reminder_days=[])
        one = await signed_up(owner, client, payment_plan="installments", installment_count=3)
        [first] = await invoices(client)
        await done(owner, first, "payments", {"amount_minor": first["total_minor"]})
        assert await status(owner, one) == ("active", [])
        await post_office.deliver()
    with time_machine.travel(BEGUN + timedelta(days=300), tick=False):
        await post_office.deliver()
        await post_office.deliver()
    with time_machine.travel(BEGUN, tick=False):
        every = await invoices(owner)
    assert [each["total_minor"] for each in every] == [33_334, 33_333, 33_333]
    assert [each["installment"] for each in every] == [1, 2, 3]


async def test_a_cancelled_enrollment_asks_for_no_more(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make, reminder_days=[])
        one = await signed_up(owner, client, payment_plan="installments")
        await owner.http.post(f"/v1/enrollments/{one['id']}/cancel", json={})
        await post_office.deliver()
    with time_machine.travel(BEGUN + timedelta(days=300), tick=False):
        await post_office.deliver()
    with time_machine.travel(BEGUN, tick=False):
        assert len(await invoices(owner)) == 1


@pytest.mark.parametrize("end", ["void", "credit-notes"])
async def test_an_invoice_that_is_taken_back_is_not_paid_and_another_may_take_its_place(
    make: Make, end: str
):
    owner, client = await pair(make)
    one = await signed_up(owner, client)
    [first] = await invoices(client)
    await done(owner, first, end)
    assert await status(owner, one) == ("invited", ["payment"])
    again = await done(owner, first, "duplicate")
    assert again["enrollment_id"] == one["id"]
    await done(owner, again, "finalize")
    await done(owner, again, "payments", {"amount_minor": 100_000})
    assert await status(owner, one) == ("active", [])


async def test_a_draft_that_is_deleted_is_not_paid(make: Make):
    owner, client = await pair(make)
    await set_up(owner, seller_address=None)
    one = await signed_up(owner, client)
    [held_up] = await invoices(owner)
    assert (await owner.http.delete(f"/v1/invoices/{held_up['id']}")).status_code == 204
    assert await status(owner, one) == ("invited", ["payment"])


async def test_who_is_let_in_without_paying_is_not_asked_again(make: Make):
    owner, client = await pair(make)
    one = await signed_up(owner, client)
    [first] = await invoices(client)
    await done(owner, first, "void")
    await owner.http.post(f"/v1/enrollments/{one['id']}/activate")
    assert await status(owner, one) == ("active", [])


async def test_many_who_are_enrolled_at_once_are_each_asked_once(
    make: Make, post_office: PostOffice
):
    owner, client = await pair(make)
    other = await make.client(workspace_id=owner.workspace_id)
    offer = await program(owner, enrollment_mode="quick_start")
    answer = await enroll(owner, offer, client.contact_id, other.contact_id)
    assert {item["enrollment"]["status"] for item in answer.json()["data"]} == {"active"}
    await post_office.deliver()
    for person in (client, other):
        [invoice] = await invoices(person)
        assert (invoice["status"], invoice["total_minor"]) == ("open", 100_000)


async def test_what_is_free_asks_for_nothing(make: Make):
    owner, client = await pair(make)
    offer = await program(owner, price={"amount_minor": 0, "currency": "EUR"})
    one = await enrolled(owner, offer, client.contact_id)
    assert one["outstanding_steps"] == []
    await client.http.post(f"/v1/portal/enrollments/{one['id']}/accept")
    assert await status(owner, one) == ("active", [])
    assert await invoices(owner) == []


async def test_without_a_seller_the_sign_up_stands_and_the_coach_is_told(
    make: Make, post_office: PostOffice
):
    owner, client = await pair(make)
    await set_up(owner, seller_address=None)
    one = await signed_up(owner, client)
    assert await invoices(client) == []
    assert await status(owner, one) == ("invited", ["payment"])
    subjects = [subject for _, subject in told(await post_office.deliver(), owner)]
    assert any("waits for you" in subject for subject in subjects)
    await set_up(owner, seller_address="Hafenstraße 12")
    [waiting] = await invoices(owner)
    await done(owner, waiting, "finalize")
    await done(owner, waiting, "payments", {"amount_minor": 100_000})
    assert await status(owner, one) == ("active", [])


@given(st.integers(0, 10**9), st.decimals("0", "99", places=4))
def test_nobody_pays_more_than_was_said(gross: int, rate: Decimal):
    net = net_of(gross, rate)
    assert 0 <= gross - net - share(net, rate) <= 1


@pytest.mark.parametrize(("gross", "rate"), [(100_000, "19"), (9_900, "8.1"), (1, "25")])
def test_prices_are_met(gross: int, rate: str):
    net = net_of(gross, Decimal(rate))
    assert net + share(net, Decimal(rate)) == gross
