"""A calendar can't be read: the last copy stands in, and the coach is told once."""

from datetime import timedelta

import pytest
import time_machine

from tests.features.calendars.feeds import busy_at, calendar
from tests.features.calendars.office import NOON, Office, offer_hours, slots
from tests.web_server import Page

TOMORROW = NOON + timedelta(days=1)
LUNCH = calendar(busy_at(TOMORROW, TOMORROW + timedelta(hours=1)))
GONE = Page(status=404)


async def test_the_last_good_copy_stands_in_and_is_called_stale(
    office: Office, clock: time_machine.Traveller
):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    await office.connect()
    office.web.page = GONE
    clock.shift(timedelta(minutes=20))
    await office.post.deliver()

    answer = await slots(office.coach, type_id, TOMORROW)
    shown = await office.look()

    assert 12 not in answer["hours"]
    assert answer["busy_data_as_of"] == "2026-12-01T12:00:00Z"
    assert answer["busy_data_stale"]
    assert (shown["status"], shown["error"]) == ("failing", "not_found")
    assert "no calendar at its address" in shown["error_detail"]
    assert shown["synced_at"] == "2026-12-01T12:00:00Z"
    assert shown["failing_since"] == shown["attempted_at"] == "2026-12-01T12:20:00Z"


async def test_a_copy_nobody_has_refreshed_for_long_is_stale(
    office: Office, clock: time_machine.Traveller
):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    await office.connect()

    clock.shift(timedelta(hours=2))

    assert (await slots(office.coach, type_id, TOMORROW))["busy_data_stale"]


async def test_a_calendar_that_was_never_read_makes_the_answer_stale(office: Office):
    type_id = await offer_hours(office.coach)
    office.web.page = GONE
    await office.connect()

    answer = await slots(office.coach, type_id, TOMORROW)

    assert (answer["busy_data_as_of"], answer["busy_data_stale"]) == (None, True)


async def test_the_coach_is_told_once_for_an_outage_and_again_for_the_next(
    office: Office, clock: time_machine.Traveller
):
    office.web.page = Page(LUNCH)
    await office.connect()
    mails = []

    for page in (GONE, GONE, GONE, Page(LUNCH), Page(LUNCH), GONE, GONE):
        office.web.page = page
        clock.shift(timedelta(minutes=20))
        mails.append(await office.post.deliver())

    assert [len(sent) for sent in mails] == [1, 0, 0, 0, 0, 1, 0]
    [mail] = mails[0]
    assert office.coach.email in mail["to"]
    assert mail["subject"] == 'Your calendar "Private" can\'t be read'
    part = mail.get_body(("plain",))
    assert part is not None
    text = str(part.get_content())
    assert "There is no calendar at its address." in text
    assert "stays blocked" in text
    assert "https://portal.example.test/settings/calendars" in text


async def test_an_outage_and_its_end_are_in_the_log(office: Office):
    office.web.page = GONE
    await office.connect()
    office.web.page = Page(LUNCH)
    await office.sync()

    log = (await office.coach.http.get("/v1/events")).json()["data"]

    assert [event["type"] for event in log] == [
        "calendar.sync_recovered",
        "calendar.sync_failed",
        "calendar.connected",
    ]
    assert log[1]["data"]["reason"] == "not_found"


async def test_what_may_pass_by_itself_is_told_when_it_lasts(
    office: Office, clock: time_machine.Traveller
):
    office.web.page = Page(LUNCH)
    await office.connect()
    mails = []

    for status in (503, 200, 500, 429, 503, 503):
        office.web.page = Page(LUNCH if status == 200 else b"", status=status)
        clock.shift(timedelta(minutes=20))
        mails.append(len(await office.post.deliver()))

    assert mails == [0, 0, 0, 0, 1, 0]


async def test_a_calendar_that_stays_away_is_tried_less_often(
    office: Office, clock: time_machine.Traveller
):
    office.web.page = GONE
    await office.connect()

    for _ in range(12):
        clock.shift(timedelta(minutes=17))
        await office.post.deliver()

    assert 6 < len(office.web.requests) < 10
    office.web.page = Page(LUNCH)
    assert (await office.sync())["status"] == "ok"
    tried = len(office.web.requests)
    clock.shift(timedelta(minutes=17))
    await office.post.deliver()
    assert len(office.web.requests) == tried + 1


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(status=301, headers={"Location": "http://127.0.0.1/"}), "redirected"),
        (Page(status=401), "access_denied"),
        (Page(status=403), "access_denied"),
        (Page(status=410), "not_found"),
        (Page(status=500), "server_error"),
        (Page(status=204), "unexpected_answer"),
        (Page(status=304), "unexpected_answer"),
        (Page(b"<html>Sign in</html>"), "not_a_calendar"),
        (Page(LUNCH[:-20]), "not_a_calendar"),
        (Page(LUNCH, headers={"Content-Encoding": "gzip"}), "compressed"),
        (Page(LUNCH.replace(b"DTEND", b"RRULE:FREQ=SECONDLY\r\nDTEND")), "too_complex"),
        (Page(b"x" * 100, endless=True), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_the_reason_is_shown(office: Office, page: Page, reason: str):
    office.web.page = page

    shown = await office.connect()

    assert (shown["status"], shown["error"]) == ("failing", reason)
    assert shown["synced_at"] is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/a.ics", "address_not_allowed"),
        ("http://localhost:5432/", "address_not_allowed"),
        ("http://169.254.169.254/latest/meta-data/", "address_not_allowed"),
        ("http://[::1]/", "address_not_allowed"),
        ("https://calendar.test:22/", "address_not_allowed"),
    ],
)
async def test_our_own_machines_are_never_asked(office: Office, url: str, reason: str):
    await office.connect(url=url)

    assert (await office.look())["error"] == reason
    assert office.web.requests == []
