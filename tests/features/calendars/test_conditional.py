"""A calendar is asked for its changes only, and expanded anew every day."""

from datetime import timedelta

import time_machine

from tests.features.calendars.feeds import busy_at, calendar, event
from tests.features.calendars.office import NOON, Office, offer_hours, slots
from tests.web_server import Page

TOMORROW = NOON + timedelta(days=1)
LUNCH = calendar(busy_at(TOMORROW, TOMORROW + timedelta(hours=1)))
VALIDATORS = {"ETag": '"7"', "Last-Modified": "Tue, 01 Dec 2026 10:00:00 GMT"}
UNCHANGED = Page(status=304)


async def test_an_unchanged_calendar_is_not_sent_again(
    office: Office, clock: time_machine.Traveller
):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH, headers=VALIDATORS)
    await office.connect()
    office.web.page = UNCHANGED
    clock.shift(timedelta(minutes=20))
    await office.post.deliver()

    headers = office.web.requests[-1].headers
    answer = await slots(office.coach, type_id, TOMORROW)

    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == "Tue, 01 Dec 2026 10:00:00 GMT"
    assert 12 not in answer["hours"]
    assert answer["busy_data_as_of"] == "2026-12-01T12:20:00Z"
    assert not answer["busy_data_stale"]


async def test_it_stays_unchanged_for_many_times(office: Office, clock: time_machine.Traveller):
    office.web.page = Page(LUNCH, headers=VALIDATORS)
    await office.connect()
    office.web.page = UNCHANGED

    for _ in range(3):
        clock.shift(timedelta(minutes=20))
        await office.post.deliver()

    assert (await office.look())["status"] == "ok"
    assert [r.headers.get("if-none-match") for r in office.web.requests] == [None, *['"7"'] * 3]


async def test_the_next_day_it_is_read_whole_for_the_day_that_came_into_view(
    office: Office, clock: time_machine.Traveller
):
    type_id = await offer_hours(office.coach)
    daily = event("DTSTART:20261101T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    office.web.page = Page(calendar(daily), headers=VALIDATORS)
    await office.connect()
    far = NOON + timedelta(days=182)
    assert 12 in (await slots(office.coach, type_id, far))["hours"]

    clock.shift(timedelta(days=2))
    await office.post.deliver()

    assert "if-none-match" not in office.web.requests[-1].headers
    assert 12 not in (await slots(office.coach, type_id, far))["hours"]


async def test_odd_validators_are_not_sent_back(office: Office, clock: time_machine.Traveller):
    office.web.page = Page(LUNCH, headers={"ETag": '"' + "x" * 600 + '"', "Last-Modified": "\xff"})
    await office.connect()
    clock.shift(timedelta(minutes=20))
    await office.post.deliver()

    headers = office.web.requests[-1].headers
    assert not {"if-none-match", "if-modified-since"} & headers.keys()
    assert (await office.look())["status"] == "ok"
