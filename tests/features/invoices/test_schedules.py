"""Invoices that make themselves: on their days, once each, also after a downtime."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine

from app.features.invoices.generating import make_due
from app.features.invoices.periods import day_of
from tests.features.invoices.billing import LINES, pair, set_up
from tests.features.invoices.test_sending import told
from tests.make import Make, Person
from tests.post_office import PostOffice

URL = "/v1/invoice-schedules"
BEGUN = datetime(2027, 1, 31, 12, tzinfo=UTC)


async def schedule(owner: Person, contact_id: UUID | None, **fields: Any) -> dict[str, Any]:
    body = {"contact_id": str(contact_id), "currency": "EUR", "lines": LINES, **fields}
    answer = await owner.http.post(URL, json=body, headers={"Idempotency-Key": uuid4().hex})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def act(owner: Person, one: dict[str, Any], verb: str) -> dict[str, Any]:
    answer = await owner.http.post(f"{URL}/{one['id']}/{verb}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def made(owner: Person, one: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The day of issue (None: a draft) and status of each invoice, the earliest first."""
    query = {"schedule_id": one["id"], "limit": "100"}
    with time_machine.travel(BEGUN, tick=False):
        found = (await owner.http.get("/v1/invoices", params=query)).json()["data"]
    return [(invoice["status"], invoice["issued_on"]) for invoice in reversed(found)]


@pytest.mark.parametrize(
    ("unit", "interval", "days"),
    [
        ("month", 1, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        ("month", 6, ["2027-01-31", "2027-07-31", "2028-01-31", "2028-07-31"]),
        ("week", 2, ["2027-01-31", "2027-02-14", "2027-02-28", "2027-03-14"]),
        ("year", 1, ["2027-01-31", "2028-01-31", "2029-01-31", "2030-01-31"]),
    ],
)
def test_days_of_periods(unit: Any, interval: int, days: list[str]):
    found = [day_of(date(2027, 1, 31), unit, interval, n).isoformat() for n in range(4)]
    assert found == days


def test_a_leap_day_comes_again():
    days = [day_of(date(2028, 2, 29), "year", 1, n) for n in range(5)]
    assert [day.day for day in days] == [29, 28, 28, 28, 29]


async def test_each_month_one_until_there_are_enough(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        one = await schedule(owner, client.contact_id, starts_on="2027-01-31", count=3)
        assert (one["invoices_made"], one["next_on"]) == (1, "2027-02-28")
        [(_, subject)] = told(await post_office.deliver(), client)
        assert subject.startswith("Invoice INV-2027-0001")
    for at in (datetime(2027, 2, 28, 12, tzinfo=UTC), datetime(2027, 3, 31, 12, tzinfo=UTC)):
        with time_machine.travel(at, tick=False):
            await post_office.deliver()
            await post_office.deliver()
    assert await made(owner, one) == [
        ("open", "2027-01-31"),
        ("open", "2027-02-28"),
        ("open", "2027-03-31"),
    ]
    with time_machine.travel(BEGUN, tick=False):
        assert (await owner.http.get(f"{URL}/{one['id']}")).json()["status"] == "ended"


async def test_after_a_downtime_none_is_missing_and_none_twice(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make, reminder_days=[])
        one = await schedule(owner, client.contact_id, starts_on="2027-02-01", autosend=False)
        assert (one["invoices_made"], one["next_on"]) == (0, "2027-02-01")
    with time_machine.travel(BEGUN + timedelta(days=95), tick=False):
        await post_office.deliver()
        await post_office.deliver()
    assert await made(owner, one) == [("draft", None)] * 4


async def test_many_missed_periods_are_made_up_for_bit_by_bit(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        one = await schedule(
            owner, client.contact_id, starts_on="2026-01-01", unit="week", autosend=False
        )
        assert one["invoices_made"] == 24
        await post_office.deliver()
    assert len(await made(owner, one)) == 57


async def test_what_a_pause_covers_is_passed_over(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        one = await schedule(owner, client.contact_id, starts_on="2027-02-01", autosend=False)
        assert (await act(owner, one, "pause"))["status"] == "paused"
    with time_machine.travel(BEGUN + timedelta(days=61), tick=False):
        assert await post_office.deliver() == []
        going = await act(owner, one, "resume")
        assert (going["status"], going["next_on"]) == ("active", "2027-05-01")
        await post_office.deliver()
        assert await made(owner, one) == []
        ended = await act(owner, one, "end")
        assert (ended["status"], ended["next_on"]) == ("ended", None)
        answer = await owner.http.post(f"{URL}/{one['id']}/resume")
    assert (answer.status_code, answer.json()["code"]) == (409, "schedule_ended")


async def test_coming_ones_say_what_the_schedule_says_now(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        one = await schedule(owner, client.contact_id, starts_on="2027-02-01", due_in_days=5)
        line = {"description": "Less", "unit_amount_minor": 100}
        answer = await owner.http.patch(
            f"{URL}/{one['id']}", json={"lines": [line]}, headers={"If-Match": "*"}
        )
        assert answer.status_code == 200, answer.text
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
        await post_office.deliver()
        [invoice] = (await owner.http.get("/v1/invoices")).json()["data"]
    assert (invoice["total_minor"], invoice["due_on"]) == (100, "2027-02-06")


async def test_what_can_not_be_finished_waits_for_the_coach(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        await set_up(owner, seller_name=None)
        one = await schedule(owner, client.contact_id, starts_on="2027-01-31")
        [(reader, subject)] = told(await post_office.deliver(), owner, client)
        assert reader is owner
        assert "waits for you" in subject
    assert await made(owner, one) == [("draft", None)]


async def test_strangers_contacts_and_days_that_can_not_be(make: Make):
    owner, client = await pair(make)
    elsewhere = await make.contact(workspace_id=(await make.coach()).workspace_id)
    body = {"contact_id": str(elsewhere.id), "lines": LINES, "starts_on": "2027-02-01"}
    key = {"Idempotency-Key": uuid4().hex}
    assert (await owner.http.post(URL, json=body, headers=key)).json()["code"] == "unknown_contact"
    body = {**body, "contact_id": str(client.contact_id), "ends_on": "2027-01-01"}
    key = {"Idempotency-Key": uuid4().hex}
    assert (await owner.http.post(URL, json=body, headers=key)).status_code == 422


async def race(make: Make, owner: Person, schedule_id: UUID) -> None:
    async with make.runtime.database.writing(owner.workspace_id) as session:
        await make_due(session, owner.workspace_id, schedule_id)


async def race_of_workers(crowd: Make) -> list[tuple[str, str | None]]:
    """Ten workers that do the same job at once, on real connections."""
    owner, client = await pair(crowd)
    with time_machine.travel(BEGUN, tick=False):
        one = await schedule(owner, client.contact_id, starts_on="2027-02-15")
    with time_machine.travel(BEGUN + timedelta(days=50), tick=False):
        await asyncio.gather(*(race(crowd, owner, UUID(one["id"])) for _ in range(10)))
    return await made(owner, one)


async def test_what_is_past_is_not_sent_all_at_once(make: Make, post_office: PostOffice):
    with time_machine.travel(BEGUN, tick=False):
        owner, client = await pair(make)
        past = {"contact_id": str(client.contact_id), "lines": LINES, "starts_on": "2020-01-01"}
        answer = await owner.http.post(URL, json=past, headers={"Idempotency-Key": uuid4().hex})

        assert (answer.status_code, answer.json()["code"]) == (422, "past_would_be_sent")
        assert answer.json()["errors"][0]["pointer"] == "/starts_on"
        assert (await owner.http.get("/v1/invoices")).json()["data"] == []
        assert await post_office.deliver() == []
