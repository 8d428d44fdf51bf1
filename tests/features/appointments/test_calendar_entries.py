"""The letters about appointments carry what calendar programs put in, move and take out."""

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Event

from tests.dispatcher import letter_samples as samples
from tests.features.appointments.calendar_mails import calendars, entry_in
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make, Person
from tests.post_office import PostOffice

NINE, TEN, ELEVEN = (f"2027-03-02T{hour:02}:00:00Z" for hour in (8, 9, 10))


def told(event: Event) -> dict[str, Any]:
    return {
        "start": event.start,
        "end": event.end,
        "sequence": event.sequence,
        "status": str(event["STATUS"]),
    }


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, 2, hour, minute, tzinfo=UTC)


async def practice(make: Make, **terms: Any) -> tuple[Person, Enrolled]:
    coach = await make.coach()
    offered = await offer(
        coach, name="Deep dive", duration_minutes=50, slot_interval_minutes=60, **terms
    )
    ana = await enrolled_client(make, coach, offered, first_name="Ana", last_name="Lima")
    return coach, ana


async def mails_to(post_office: PostOffice, *people: Person) -> list[EmailMessage]:
    """The mails sent now, one to each of these, in their order."""
    mails = await post_office.deliver()
    return [next(m for m in mails if person.email in str(m["to"])) for person in people]


async def test_a_booking_asks_both_calendars_to_put_it_in(make: Make, post_office: PostOffice):
    location = {"kind": "video", "value": "https://meet.example.test/berg?a=1,2"}
    coach, ana = await practice(make, location=location)
    await ana.booked(NINE)

    hers, theirs = await mails_to(post_office, ana.person, coach)

    mine, coachs = entry_in(hers, "REQUEST"), entry_in(theirs, "REQUEST")
    assert mine["UID"] == coachs["UID"]
    for event in (mine, coachs):
        expected = {"start": at(8), "end": at(8, 50), "sequence": 0, "status": "CONFIRMED"}
        assert told(event) == expected
        assert event["LOCATION"] == "Online, https://meet.example.test/berg?a=1,2"
        assert event["URL"] == "https://meet.example.test/berg?a=1,2"
        assert event["ORGANIZER"] == f"mailto:{coach.email}"
    assert mine["SUMMARY"] == "Deep dive with Person 2"
    assert coachs["SUMMARY"] == "Deep dive: Ana Lima"
    assert mine["ATTENDEE"] == f"mailto:{ana.person.email}"
    assert mine["ATTENDEE"].params["CN"] == "Ana Lima"


async def test_the_entry_stays_the_same_through_every_move_and_the_end(
    make: Make, post_office: PostOffice
):
    coach, ana = await practice(make)
    booked = await ana.booked(NINE)
    [mail, _] = await mails_to(post_office, ana.person, coach)
    uid = entry_in(mail, "REQUEST")["UID"]

    for sequence, (start, hour) in enumerate([(TEN, 9), (ELEVEN, 10), (NINE, 8)], start=1):
        url = f"/v1/portal/appointments/{booked['id']}/reschedule"
        assert (await ana.http.post(url, json={"starts_at": start})).status_code == 200
        for mail in await mails_to(post_office, ana.person, coach):
            event = entry_in(mail, "REQUEST")
            assert event["UID"] == uid
            assert (event.start, event.sequence) == (at(hour), sequence)

    await ana.http.post(f"/v1/portal/appointments/{booked['id']}/cancel", json={})
    for mail in await mails_to(post_office, ana.person, coach):
        event = entry_in(mail, "CANCEL")
        assert event["UID"] == uid
        assert told(event) | {"end": None} == {
            "start": at(8),
            "end": None,
            "sequence": 4,
            "status": "CANCELLED",
        }


async def test_a_request_changes_no_calendar_until_it_is_confirmed(
    make: Make, post_office: PostOffice
):
    coach, ana = await practice(make, requires_confirmation=True)
    first, second = await ana.booked(NINE), await ana.booked(TEN)

    assert all(calendars(mail) == [] for mail in await post_office.deliver())

    await coach.http.post(f"/v1/appointments/{first['id']}/confirm")
    [yes] = await post_office.deliver()
    assert told(entry_in(yes, "REQUEST"))["status"] == "CONFIRMED"
    await coach.http.post(f"/v1/appointments/{second['id']}/decline", json={})
    [no] = await post_office.deliver()
    assert told(entry_in(no, "CANCEL")) == {
        "start": at(9),
        "end": at(9, 50),
        "sequence": 1,
        "status": "CANCELLED",
    }


async def test_a_move_that_needs_a_yes_is_tentative(make: Make, post_office: PostOffice):
    coach, ana = await practice(make, requires_confirmation=True)
    booked = await ana.booked(NINE)
    await coach.http.post(f"/v1/appointments/{booked['id']}/confirm")
    await post_office.deliver()

    url = f"/v1/portal/appointments/{booked['id']}/reschedule"
    await ana.http.post(url, json={"starts_at": TEN})
    [moved, _] = await mails_to(post_office, ana.person, coach)
    assert told(entry_in(moved, "REQUEST"))["status"] == "TENTATIVE"
    await coach.http.post(f"/v1/appointments/{booked['id']}/confirm")
    [yes] = await post_office.deliver()

    expected = {"start": at(9), "end": at(9, 50), "sequence": 1, "status": "CONFIRMED"}
    assert told(entry_in(yes, "REQUEST")) == expected


async def test_a_series_is_its_first_meeting_and_a_file_with_all(
    make: Make, post_office: PostOffice
):
    coach, ana = await practice(make)
    await ana.booked("2027-03-23T08:00:00Z", series={"count": 3})  # the clocks change on the 28th

    [mail, _] = await mails_to(post_office, ana.person, coach)

    [(body, request), (file, everything)] = calendars(mail)
    assert (body, request["METHOD"]) == ("body", "REQUEST")
    assert (file, everything["METHOD"]) == ("appointments.ics", "PUBLISH")
    [first], all_three = request.events, everything.events
    assert [event.start for event in all_three] == [
        datetime(2027, 3, 23, 8, tzinfo=UTC),
        datetime(2027, 3, 30, 7, tzinfo=UTC),
        datetime(2027, 4, 6, 7, tzinfo=UTC),
    ]
    assert len({event["UID"] for event in all_three}) == 3
    assert first["UID"] == all_three[0]["UID"]


async def test_who_else_comes_to_a_session_is_in_nobodys_entry(make: Make, post_office: PostOffice):
    coach, ana = await practice(make, capacity=3)
    ben = await enrolled_client(make, coach, {"id": ana.type_id}, first_name="Ben", last_name="Ono")
    await ana.booked(NINE)
    await post_office.deliver()
    await ben.booked(NINE)

    his, theirs = await mails_to(post_office, ben.person, coach)

    event = entry_in(his, "REQUEST")
    assert ana.person.email not in str(event.to_ical())
    assert "Ana" not in str(event.to_ical())
    assert calendars(theirs) == []


@pytest.mark.parametrize("kind", ["appointment.reminder", "appointment.no_show"])
def test_what_changes_nothing_carries_nothing(kind: str):
    letters = samples.letters(samples.recorded(kind))

    assert letters
    assert all(letter.enclosures == () for letter in letters)
