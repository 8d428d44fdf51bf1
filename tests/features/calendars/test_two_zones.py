"""A coach in New York and a client in Kathmandu, while New York's clocks change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import time_machine
from icalendar import Calendar

from tests.features.appointments.calendar_mails import calendars, entry_in
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer, slots_on
from tests.features.calendars.subscribing import fetch, new_feed
from tests.make import Make, Person
from tests.post_office import PostOffice

NEW_YORK, KATHMANDU = "America/New_York", "Asia/Kathmandu"
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A Sunday on which clocks change: starts at 20:00 in New York on the Friday before it,
    and a week on; what each of the two reads; and how it is offered in Kathmandu's mornings."""

    today: datetime
    starts: tuple[str, str]
    coach_reads: tuple[str, str]
    client_reads: tuple[str, str]
    saturdays: dict[str, list[str]]


SPRING = Change(
    today=datetime(2027, 3, 1, 8, tzinfo=UTC),
    starts=("2027-03-13T01:00:00Z", "2027-03-20T00:00:00Z"),
    coach_reads=("March 12, 2027, 8:00 PM", "March 19, 2027, 8:00 PM"),
    client_reads=("March 13, 2027, 6:45 AM", "March 20, 2027, 5:45 AM"),
    saturdays={
        "2027-03-13": ["06:45", "07:45", "08:45"],
        "2027-03-20": ["05:45", "06:45", "07:45"],
    },
)
AUTUMN = Change(
    today=datetime(2027, 10, 25, 8, tzinfo=UTC),
    starts=("2027-11-06T00:00:00Z", "2027-11-13T01:00:00Z"),
    coach_reads=("November 5, 2027, 8:00 PM", "November 12, 2027, 8:00 PM"),
    client_reads=("November 6, 2027, 5:45 AM", "November 13, 2027, 6:45 AM"),
    saturdays={
        "2027-11-06": ["05:45", "06:45", "07:45"],
        "2027-11-13": ["06:45", "07:45", "08:45"],
    },
)


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
def change(request: pytest.FixtureRequest) -> Iterator[Change]:
    """Either change, some days before it."""
    found: Change = request.param
    with time_machine.travel(found.today, tick=False):
        yield found


async def far_apart(make: Make, **terms: Any) -> tuple[Person, dict[str, Any], Enrolled]:
    """The coach with her evenings, what she offers in them, and her client."""
    coach = await make.coach()
    await coach.http.patch("/v1/me", json={"time_zone": NEW_YORK})
    offered = await offer(coach, "20:00-23:00", time_zone=NEW_YORK, **terms)
    asha = await enrolled_client(make, coach, offered)
    await asha.http.patch("/v1/me", json={"time_zone": KATHMANDU})
    return coach, offered, asha


async def test_slots_letters_attachments_and_feeds_agree_to_the_minute(
    make: Make, post_office: PostOffice, change: Change
):
    coach, offered, asha = await far_apart(make)
    assert await _saturdays(coach, offered, change) == change.saturdays
    feeds = [await new_feed(asha.person), await new_feed(coach)]

    await asha.booked(change.starts[0], series={"count": 2})
    mails = await post_office.deliver()

    still_free = {day: hours[1:] for day, hours in change.saturdays.items()}
    assert await _saturdays(coach, offered, change) == still_free
    times = [datetime.fromisoformat(start) for start in change.starts]
    for person, read in ((asha.person, change.client_reads), (coach, change.coach_reads)):
        mail = _to(person, mails)
        assert all(time in _text(mail) for time in read), _text(mail)
        [(_, first), (_, series)] = calendars(mail)
        assert [event.start for event in first.events] == times[:1]
        assert [event.start for event in series.events] == times
    for feed in feeds:
        assert await _as_subscribed(make, feed, change) == times


async def test_through_three_moves_across_the_change_the_entry_stays_one(
    make: Make, post_office: PostOffice, change: Change
):
    _, _, asha = await far_apart(make)
    feed = await new_feed(asha.person)
    booked = await asha.booked(change.starts[0])
    seen = [entry_in(_to(asha.person, await post_office.deliver()), "REQUEST")]

    first, last = (datetime.fromisoformat(start) for start in change.starts)
    targets = [last, first + timedelta(hours=1), last + timedelta(hours=2)]
    for target in targets:
        url = f"/v1/portal/appointments/{booked['id']}/reschedule"
        moved = await asha.http.post(url, json={"starts_at": target.isoformat()})
        assert moved.status_code == 200, moved.text
        seen.append(entry_in(_to(asha.person, await post_office.deliver()), "REQUEST"))
        assert await _as_subscribed(make, feed, change) == [target]

    assert len({str(event["UID"]) for event in seen}) == 1
    assert [event.sequence for event in seen] == [0, 1, 2, 3]
    assert [event.start for event in seen] == [first, *targets]


@pytest.mark.parametrize("asked_for", ["anybody", "the client"])
async def test_explain_says_yes_exactly_for_what_is_offered_all_week(
    make: Make, change: Change, asked_for: str
):
    coach, offered, asha = await far_apart(
        make,
        duration_minutes=45,
        slot_interval_minutes=15,
        buffer_after_minutes=10,
        max_advance_days=17,
        client_max_per_day=1,
    )
    await asha.booked(change.starts[0])
    query: dict[str, Any] = {"appointment_type_id": offered["id"]}
    if asked_for == "the client":
        query["contact_id"] = str(asha.person.contact_id)
    first = change.starts[0][:10]
    span = {"from": first, "to": _after(first, days=7), "time_zone": KATHMANDU}
    answer = (await coach.http.get("/v1/slots", params={**query, **span})).json()
    listed = {slot["starts_at"] for day in answer["days"] for slot in day["slots"]}

    begin = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(KATHMANDU)).astimezone(UTC)
    starts = [begin + timedelta(minutes=15 * n) for n in range(7 * 96)]
    explained = {start: await _explained(coach, query, start) for start in starts}

    assert {_zulu(start) for start in starts if explained[start]["offered"]} == listed
    for start in starts:
        failed = [rule for rule in explained[start]["rules"] if rule["verdict"] == "failed"]
        assert bool(failed) == (_zulu(start) not in listed)
        assert explained[start]["code"] == (failed[0]["code"] if failed else None)
    assert len(listed) > 20


async def _saturdays(
    coach: Person, offered: dict[str, Any], change: Change
) -> dict[str, list[str]]:
    """The two mornings as Kathmandu's clocks show them."""
    return {
        day: (await slots_on(coach, offered, day, _after(day), time_zone=KATHMANDU))[day]
        for day in change.saturdays
    }


def _after(day: str, *, days: int = 1) -> str:
    return (datetime.fromisoformat(day) + timedelta(days=days)).date().isoformat()


def _to(person: Person, mails: list[EmailMessage]) -> EmailMessage:
    [mail] = [mail for mail in mails if person.email in str(mail["to"])]
    return mail


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def _as_subscribed(make: Make, feed: dict[str, Any], change: Change) -> list[datetime]:
    """What a calendar program that reads the feed shows in the weeks around the change."""
    calendar = Calendar.from_ical((await fetch(make, feed)).content)
    first, last = (datetime.fromisoformat(start) for start in change.starts)
    events = recurring_ical_events.of(calendar).between(first - WEEK, last + WEEK)
    return sorted(event.start for event in events)


async def _explained(coach: Person, query: dict[str, Any], start: datetime) -> dict[str, Any]:
    asked = {**query, "starts_at": start.isoformat()}
    answer = await coach.http.get("/v1/slots/explain", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _zulu(start: datetime) -> str:
    return start.isoformat().replace("+00:00", "Z")
