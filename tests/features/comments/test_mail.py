"""What is said within five minutes is one mail to the other side."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.comments.speaking import (
    LATER,
    delivered_later,
    put_differently,
    say,
    shared_note,
    take_back,
)
from tests.features.notes.writing import Pair, act, pair, text_of
from tests.make import Make
from tests.post_office import PostOffice

PORTAL_URL = "https://portal.example.test"


async def announced_note(people: Pair, post_office: PostOffice) -> dict[str, object]:
    """A note whose own mail is out already."""
    note = await shared_note(people, title="What we found")
    await post_office.deliver()
    return note


async def test_a_client_gets_all_the_coach_said_in_order_and_once(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    note = await announced_note(people, post_office)
    for words in ("First thought", "Second thought", "Third\nthought"):
        await say(people.coach, note, words)
    assert await post_office.deliver() == []

    [message] = await delivered_later(post_office)

    assert people.client.email in message["to"]
    assert message["reply-to"] == people.coach.email
    assert message["subject"].startswith("3 new comments from ")
    text = text_of(message)
    assert "On the note “What we found”" in text
    places = [text.index(f"> {w}") for w in ("First", "Second", "Third\n> thought")]
    assert places == sorted(places)
    assert f"{PORTAL_URL}/notes/{note['id']}" in text
    assert await delivered_later(post_office, times=3) == []


async def test_a_coach_gets_what_the_client_said(make: Make, post_office: PostOffice):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    note = await announced_note(people, post_office)
    await say(people.client, note, "It helped.")
    [message] = await delivered_later(post_office)
    assert people.coach.email in message["to"]
    assert message["reply-to"] == people.client.email
    assert message["subject"] == "Ada Lovelace wrote a comment"
    place = f"{PORTAL_URL}/contacts/{people.client.contact_id}/notes/{note['id']}"
    assert place in text_of(message)


async def test_nobody_is_mailed_their_own_words(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    await say(people.client, note, "Said by the client")
    await say(people.coach, note, "Said by the coach")
    mails = {str(mail["to"]): text_of(mail) for mail in await delivered_later(post_office)}
    assert len(mails) == 2
    for address, text in mails.items():
        to_client = people.client.email in address
        assert ("Said by the coach" in text) == to_client
        assert ("Said by the client" in text) == (not to_client)


async def test_the_five_minutes_begin_with_the_first(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        await say(people.coach, note, "At once")
        clock.move_to(start + timedelta(seconds=LATER - 1))
        await say(people.coach, note, "Just in time")
        assert await post_office.deliver() == []
        clock.move_to(start + timedelta(seconds=LATER))
        [first] = await post_office.deliver()
        await say(people.coach, note, "Too late")
        clock.move_to(start + timedelta(seconds=2 * LATER))
        [second] = await post_office.deliver()
    assert ["At once" in text_of(first), "Just in time" in text_of(first)] == [True, True]
    assert ["Just in time" in text_of(second), "Too late" in text_of(second)] == [False, True]


async def test_it_says_what_is_said_now(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    gone = await say(people.coach, note, "Never mind")
    changed = await say(people.coach, note, "Larks")
    await take_back(people.coach, gone)
    await put_differently(people.coach, changed, "Owls")
    [message] = await delivered_later(post_office)
    text = text_of(message)
    assert "Owls" in text
    assert "Larks" not in text
    assert "Never mind" not in text


async def test_what_was_taken_back_in_time_mails_nobody(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    comment = await say(people.coach, note, "Never mind")
    await take_back(people.coach, comment)
    assert await delivered_later(post_office) == []


async def test_each_note_has_a_mail_of_its_own(make: Make, post_office: PostOffice):
    people = await pair(make)
    notes = [await announced_note(people, post_office) for _ in range(2)]
    for note in notes:
        await say(people.client, note, "Hm.")
    assert len(await delivered_later(post_office)) == 2


async def test_what_is_hidden_meanwhile_is_not_told(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    await say(people.coach, note, "Hm.")
    await act(people.coach, note, "unshare")
    assert await delivered_later(post_office) == []


@pytest.mark.parametrize("verb", ["unshare", "delete"])
async def test_the_outbox_forgets_what_is_hidden_afterwards(
    make: Make, post_office: PostOffice, verb: str
):
    people = await pair(make)
    note = await announced_note(people, post_office)
    await say(people.client, note, "Between us")
    await delivered_later(post_office)
    emails = (await people.coach.http.get("/v1/emails")).json()["data"]
    assert len(emails) == 2
    if verb == "unshare":
        await act(people.coach, note, "unshare")
    else:
        await people.coach.http.delete(f"/v1/notes/{note['id']}")
    for email in emails:
        preview = await people.coach.http.get(f"/v1/emails/{email['id']}/preview")
        assert preview.status_code == 410


async def test_who_is_shut_out_is_not_written_to(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    access = f"/v1/contacts/{people.client.contact_id}/portal-access"
    await people.coach.http.put(access, json={"enabled": False})
    await post_office.deliver()
    await say(people.coach, note, "Hm.")
    assert await delivered_later(post_office) == []


async def test_a_talkative_evening_stays_a_readable_mail(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await announced_note(people, post_office)
    for number in range(12):
        await say(people.coach, note, f"Number {number}. " + "x" * 4000)
    [message] = await delivered_later(post_office)
    text = text_of(message)
    assert "Number 9." in text
    assert "Number 10." not in text
    assert "… and 2 more." in text
    assert len(message.as_bytes()) < 102_000
