"""Contracts that come to nothing, and the clock that looks after those that are out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from tests.features.contracts.papers import act, draft, pair, read, sent
from tests.make import Make, Person
from tests.post_office import PostOffice

SENT_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def mails(post_office: PostOffice, at: datetime) -> list[str]:
    """The subjects of what is sent at that instant."""
    with time_machine.travel(at, tick=False):
        return [str(mail["subject"]).partition(":")[0] for mail in await post_office.deliver()]


async def out(make: Make, post_office: PostOffice, **fields: Any) -> tuple[Person, dict[str, Any]]:
    with time_machine.travel(SENT_AT, tick=False):
        coach, client = await pair(make)
        contract = await sent(coach, client, **fields)
        await post_office.deliver()
    return coach, contract


async def test_reminders_come_after_five_days_then_every_two_and_at_most_five(
    make: Make, post_office: PostOffice
):
    _, _ = await out(make, post_office)
    assert await mails(post_office, SENT_AT + 5 * DAY - MINUTE) == []
    at = SENT_AT + 5 * DAY + MINUTE
    for number in range(5):
        [subject] = await mails(post_office, at + number * (2 * DAY + MINUTE))
        assert subject == "Still waiting for your signature"
    assert await mails(post_office, SENT_AT + 90 * DAY) == []


async def test_its_time_is_over(make: Make, post_office: PostOffice):
    until = SENT_AT + 3 * DAY
    coach, contract = await out(make, post_office, expires_at=until.isoformat())
    assert await mails(post_office, until + MINUTE) == ["The time to sign is over"]
    with time_machine.travel(until + 2 * MINUTE, tick=False):
        ended = await read(coach, contract)
    assert ended["status"] == "expired"
    assert [one["status"] for one in ended["signers"]] == ["expired", "expired"]
    assert await mails(post_office, until + 9 * DAY) == []


async def test_nobody_signs_in_the_minute_before_the_worker_looks(
    make: Make, post_office: PostOffice
):
    with time_machine.travel(SENT_AT, tick=False):
        coach, client = await pair(make)
        contract = await sent(coach, client, expires_at=(SENT_AT + MINUTE).isoformat())
    with time_machine.travel(SENT_AT + 2 * MINUTE, tick=False):
        refused = await act(client, contract, "decline", reason="Too late?")
    assert refused.json()["status_now"] == "expired"


async def test_voiding_tells_those_who_were_asked_and_no_others(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await post_office.deliver()
    voided = await act(coach, contract, "void", reason="The price was wrong.")

    assert voided.json()["status"] == "voided"
    [mail] = await post_office.deliver()
    assert client.email in str(mail["to"])
    again = await act(coach, contract, "void", reason="Again")
    assert (again.status_code, again.json()["status_now"]) == (409, "voided")


async def test_a_draft_is_deleted_and_what_was_sent_is_not(make: Make):
    coach, client = await pair(make)
    contract = await draft(coach, client)
    assert (await coach.http.delete(f"/v1/contracts/{contract['id']}")).status_code == 204
    contract = await sent(coach, client)
    assert (await coach.http.delete(f"/v1/contracts/{contract['id']}")).status_code == 409


async def test_reminding_by_hand_reaches_whose_turn_it_is(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    contract = await sent(coach, client)
    await post_office.deliver()
    reminded = await act(coach, contract, "remind")

    assert reminded.status_code == 200, reminded.text
    [mail] = await post_office.deliver()
    assert client.email in str(mail["to"])
    assert reminded.json()["signers"][0]["reminders"] == 0


async def test_a_contact_with_a_contract_is_kept(make: Make):
    coach, client = await pair(make)
    await sent(coach, client)
    kept = await coach.http.delete(f"/v1/contacts/{client.contact_id}")

    assert kept.status_code == 409
    assert "contracts" in kept.text


async def test_a_contact_with_a_draft_only_goes_with_it(make: Make):
    coach, client = await pair(make)
    await draft(coach, client)

    assert (await coach.http.delete(f"/v1/contacts/{client.contact_id}")).status_code == 204
