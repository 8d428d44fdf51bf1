"""Private feeds: what is booked, in the calendar programs of those it concerns."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.models import CalendarFeed, Event, IdempotencyKey
from tests.features.appointments.calendar_mails import entry_in
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer
from tests.features.calendars.subscribing import entries, fetch, new_feed, revoke
from tests.make import Make, Person
from tests.post_office import PostOffice

NINE, TEN = "2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"


async def practice(make: Make, **terms: Any) -> tuple[Person, Enrolled, Enrolled]:
    """A coach with two clients who may book."""
    coach = await make.coach()
    offered = await offer(coach, name="Deep dive", **terms)
    ana = await enrolled_client(make, coach, offered, first_name="Ana", last_name="Lima")
    ben = await enrolled_client(make, coach, offered, first_name="Ben", last_name="Ono")
    return coach, ana, ben


async def test_a_client_sees_their_own_appointments_and_nobody_elses(make: Make):
    coach, ana, ben = await practice(make)
    await ana.booked(NINE)
    await ben.booked(TEN)
    feed = await new_feed(ana.person, name="My phone")

    [event] = await entries(make, feed)

    assert event.start == datetime(2027, 3, 2, 8, tzinfo=UTC)
    assert str(event["SUMMARY"]).startswith("Deep dive with Person ")
    assert event["ORGANIZER"] == f"mailto:{coach.email}"
    raw = (await fetch(make, feed)).text
    assert "Ben" not in raw
    assert ben.person.email not in raw
    assert "ATTENDEE" not in raw
    assert re.search(r"\r\nNAME:Practice \d+\r\n", raw)


async def test_a_coach_sees_their_own_appointments_and_not_a_colleagues(make: Make):
    coach, ana, ben = await practice(make)
    colleague = await make.coach(role="coach", workspace_id=coach.workspace_id)
    await offer(colleague, name="Other")
    await ana.booked(NINE)
    await ben.booked(TEN)

    mine = await entries(make, await new_feed(coach))
    theirs = await entries(make, await new_feed(colleague))

    assert [str(event["SUMMARY"]) for event in mine] == [
        "Deep dive: Ana Lima",
        "Deep dive: Ben Ono",
    ]
    assert theirs == []


async def test_letter_and_feed_are_about_the_same_entry(make: Make, post_office: PostOffice):
    coach, ana, _ = await practice(make)
    booked = await ana.booked(NINE)
    feed, coachs = await new_feed(ana.person), await new_feed(coach)

    for sequence, start in enumerate([NINE, TEN, NINE, TEN]):
        if sequence:
            url = f"/v1/portal/appointments/{booked['id']}/reschedule"
            assert (await ana.http.post(url, json={"starts_at": start})).status_code == 200
        mails = await post_office.deliver()
        mailed = [entry_in(mail, "REQUEST") for mail in mails]
        shown = [*await entries(make, feed), *await entries(make, coachs)]
        assert len(mailed) == len(shown) == 2
        assert {(e["UID"], e.start, e.end, e.sequence) for e in [*mailed, *shown]} == {
            (mailed[0]["UID"], mailed[0].start, mailed[0].end, sequence)
        }


async def test_what_is_called_off_is_gone_and_what_is_asked_for_is_tentative(make: Make):
    coach, ana, _ = await practice(make, requires_confirmation=True)
    first, second = await ana.booked(NINE), await ana.booked(TEN)
    feed = await new_feed(ana.person)
    assert {str(event["STATUS"]) for event in await entries(make, feed)} == {"TENTATIVE"}

    await coach.http.post(f"/v1/appointments/{first['id']}/confirm")
    await coach.http.post(f"/v1/appointments/{second['id']}/decline", json={})

    [event] = await entries(make, feed)
    assert event["STATUS"] == "CONFIRMED"
    await ana.http.post(f"/v1/portal/appointments/{first['id']}/cancel", json={})
    assert await entries(make, feed) == []


async def test_a_held_time_is_not_shown(make: Make):
    _, ana, _ = await practice(make)
    body = {**ana.wish, "starts_at": NINE}
    assert (await ana.http.post("/v1/portal/slot-holds", json=body)).status_code == 201

    assert await entries(make, await new_feed(ana.person)) == []


async def test_a_session_is_one_entry_for_the_coach(make: Make):
    coach, ana, ben = await practice(make, capacity=5)
    await ana.booked(NINE)
    feed = await new_feed(coach)
    [before] = await entries(make, feed)
    await ben.booked(NINE)

    [event] = await entries(make, feed)

    assert event["SUMMARY"] == "Deep dive (2 of 5)"
    assert event["DESCRIPTION"] == "Ana Lima\nBen Ono"
    assert event["UID"] == before["UID"]
    assert event.sequence > before.sequence
    [his] = await entries(make, await new_feed(ben.person))
    assert "Ana" not in str(his)


async def test_a_revoked_feed_is_gone(make: Make):
    coach, ana, _ = await practice(make)
    for person in (coach, ana.person):
        kept, feed = await new_feed(person), await new_feed(person)

        assert (await revoke(person, feed)).status_code == 204

        answer = await fetch(make, feed)
        assert (answer.status_code, answer.json()["code"]) == (404, "invalid_token")
        assert (await fetch(make, kept)).status_code == 200


async def test_a_feed_shows_nothing_once_its_reader_has_left(make: Make):
    coach, ana, ben = await practice(make)
    gone, disabled = await new_feed(ana.person), await new_feed(ben.person)
    colleague = await make.coach(role="coach", workspace_id=coach.workspace_id)
    left = await new_feed(colleague)

    await coach.http.post(f"/v1/contacts/{ana.person.contact_id}/archive")
    url = f"/v1/contacts/{ben.person.contact_id}/portal-access"
    assert (await coach.http.put(url, json={"enabled": False})).status_code == 200
    removed = await coach.http.delete(f"/v1/members/{colleague.member_id}")
    assert removed.status_code == 204, removed.text

    for feed in (gone, disabled, left):
        assert (await fetch(make, feed)).status_code == 404


async def test_an_unchanged_feed_is_not_sent_again(make: Make):
    _, ana, _ = await practice(make)
    await ana.booked(NINE)
    feed = await new_feed(ana.person)

    first = await fetch(make, feed)
    again = await fetch(make, feed, **{"If-None-Match": first.headers["etag"]})
    await ana.booked(TEN)
    changed = await fetch(make, feed, **{"If-None-Match": first.headers["etag"]})

    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    for answer in (first, again, changed):
        assert answer.headers["cache-control"] == "private, max-age=300"
        assert answer.headers["etag"]


async def test_head_is_answered_like_get_without_a_body(make: Make):
    _, ana, _ = await practice(make)
    feed = await new_feed(ana.person)
    async with make.anonymous() as program:
        answer = await program.head(urlsplit(feed["url"]).path)

    assert answer.status_code == 200
    assert answer.headers["etag"]


async def test_the_address_is_shown_to_its_reader_again(make: Make):
    coach, ana, _ = await practice(make)
    feed = await new_feed(ana.person, name="Tablet")

    listed = (await ana.http.get("/v1/portal/calendar-feeds")).json()["data"]

    assert listed == [feed]
    assert feed["webcal_url"] == feed["url"].replace("http://", "webcal://")
    assert (await coach.http.get("/v1/calendar-feeds")).json()["data"] == []


async def test_nothing_that_is_stored_gives_the_address_away(make: Make):
    coach = await make.coach()
    answer = await coach.http.post(
        "/v1/calendar-feeds", json={}, headers={"Idempotency-Key": "once more"}
    )
    token = answer.json()["url"].rpartition("/")[2].removesuffix(".ics")

    async with make.runtime.database.reading(coach.workspace_id) as session:
        [feed] = await session.scalars(select(CalendarFeed))
        kept = list(await session.scalars(select(IdempotencyKey.body)))
        events = str(list(await session.scalars(select(Event.data))))

    assert feed.token_hash == sha256(token.encode()).digest()
    assert token not in str(kept)
    assert token not in events


async def test_ten_feeds_are_enough(make: Make):
    coach = await make.coach()
    for _ in range(10):
        await new_feed(coach)

    refused = await coach.http.post("/v1/calendar-feeds", json={})

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_feeds")


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: "inv" + t[3:]])
async def test_an_address_that_was_guessed_shows_nothing(make: Make, change: Callable[[str], str]):
    feed = await new_feed(await make.coach())
    head, _, token = feed["url"].rpartition("/")
    wrong = change(token.removesuffix(".ics"))

    answer = await fetch(make, {"url": f"{head}/{wrong}.ics"})

    assert answer.status_code == 404
    assert answer.json()["code"] == "invalid_token"
