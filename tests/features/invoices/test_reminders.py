"""Reminders before an invoice is due, on the day, and after; none once it is settled."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.features.invoices.billing import done, issued, pair, set_up
from tests.features.invoices.test_sending import told
from tests.make import Make, Person
from tests.post_office import PostOffice

ISSUED_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
DUE_ON = "2027-03-04"
NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


async def subjects(post_office: PostOffice, at: datetime, client: Person) -> list[str]:
    with time_machine.travel(at, tick=False):
        return [subject for _, subject in told(await post_office.deliver(), client)]


async def test_each_day_that_is_set_and_no_other(make: Make, post_office: PostOffice):
    with time_machine.travel(ISSUED_AT, tick=False):
        owner, client = await pair(make, reminder_days=[-3, 0, 7])
        number = (await issued(owner, client.contact_id, due_on=DUE_ON))["number"]
        await post_office.deliver()
    seen = {}
    for days in range(-5, 12):
        for subject in await subjects(post_office, NOON + days * DAY, client):
            seen[days] = subject
    assert seen == {
        -3: f"Invoice {number} is due in 3 days",
        0: f"Invoice {number} is due today",
        7: f"Invoice {number} was due 7 days ago",
    }


async def test_after_a_downtime_one_is_enough(make: Make, post_office: PostOffice):
    with time_machine.travel(ISSUED_AT, tick=False):
        owner, client = await pair(make)
        await issued(owner, client.contact_id, due_on=DUE_ON)
        await post_office.deliver()
    [late] = await subjects(post_office, NOON + 8 * DAY, client)
    assert late.endswith("7 days ago")
    [later] = await subjects(post_office, NOON + 14 * DAY, client)
    assert later.endswith("14 days ago")
    assert await subjects(post_office, NOON + 60 * DAY, client) == []


@pytest.mark.parametrize("end", ["payments", "void", "uncollectible", "credit-notes"])
async def test_nobody_is_reminded_of_what_is_settled(make: Make, post_office: PostOffice, end: str):
    with time_machine.travel(ISSUED_AT, tick=False):
        owner, client = await pair(make)
        one = await issued(owner, client.contact_id, due_on=DUE_ON)
        body = {"amount_minor": 21420} if end == "payments" else {}
        await done(owner, one, end, body)
        await post_office.deliver()
    assert await subjects(post_office, NOON + 30 * DAY, client) == []


async def test_other_days_hold_from_the_next_reminder_on(make: Make, post_office: PostOffice):
    with time_machine.travel(ISSUED_AT, tick=False):
        owner, client = await pair(make, reminder_days=[0])
        await issued(owner, client.contact_id, due_on=DUE_ON)
        await set_up(owner, reminder_days=[0, 2])
        await post_office.deliver()
    assert len(await subjects(post_office, NOON, client)) == 1
    assert len(await subjects(post_office, NOON + 2 * DAY, client)) == 1


async def test_a_payment_that_is_struck_out_is_asked_for_again(make: Make, post_office: PostOffice):
    with time_machine.travel(ISSUED_AT, tick=False):
        owner, client = await pair(make)
        one = await issued(owner, client.contact_id, due_on=DUE_ON)
        paid = await done(owner, one, "payments", {"amount_minor": 21420})
        payment = paid["payments"][0]["id"]
        await owner.http.delete(f"/v1/invoices/{one['id']}/payments/{payment}")
        await post_office.deliver()
    [due] = await subjects(post_office, NOON, client)
    assert due.endswith("due today")
