"""A coach connects a calendar kept elsewhere: its times are not offered any more."""

from datetime import timedelta

import time_machine

from tests.features.calendars.feeds import busy_at, calendar
from tests.features.calendars.office import NOON, Office, offer_hours, slots
from tests.make import Make
from tests.web_server import Page

TOMORROW = NOON + timedelta(days=1)
LUNCH = calendar(busy_at(TOMORROW, TOMORROW + timedelta(hours=2)))


async def test_a_connected_calendar_is_read_at_once(office: Office):
    office.web.page = Page(LUNCH)

    added = await office.coach.http.post(
        "/v1/external-calendars", json={"name": "Private", "url": "https://calendar.test/me.ics"}
    )

    assert added.status_code == 201, added.text
    assert added.headers["location"] == f"/v1/external-calendars/{added.json()['id']}"
    assert added.json()["status"] == "pending"
    read = await office.connect()
    assert (read["status"], read["error"]) == ("ok", None)
    assert read["synced_at"] == "2026-12-01T12:00:00Z"


async def test_its_times_are_not_offered(office: Office):
    type_id = await offer_hours(office.coach)
    before = await slots(office.coach, type_id, TOMORROW)
    office.web.page = Page(LUNCH)
    await office.connect()

    after = await slots(office.coach, type_id, TOMORROW)

    assert set(before["hours"]) - set(after["hours"]) == {12, 13}
    assert (before["busy_data_as_of"], before["busy_data_stale"]) == (None, False)
    assert (after["busy_data_as_of"], after["busy_data_stale"]) == ("2026-12-01T12:00:00Z", False)


async def test_explain_names_the_calendar(office: Office):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    connected = await office.connect()

    answer = await office.coach.http.get(
        "/v1/slots/explain",
        params={"appointment_type_id": type_id, "starts_at": TOMORROW.isoformat()},
    )

    assert answer.status_code == 200, answer.text
    assert not answer.json()["offered"]
    assert connected["id"] in answer.text


async def test_it_is_read_again_every_quarter_of_an_hour(
    office: Office, clock: time_machine.Traveller
):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    await office.connect()
    evening = TOMORROW + timedelta(hours=5)
    office.web.page = Page(calendar(busy_at(evening, evening + timedelta(hours=1))))

    clock.shift(timedelta(minutes=14))
    await office.post.deliver()
    assert len(office.web.requests) == 1
    clock.shift(timedelta(minutes=2))
    await office.post.deliver()

    assert len(office.web.requests) == 2
    free = (await slots(office.coach, type_id, TOMORROW))["hours"]
    assert 12 in free
    assert 17 not in free


async def test_it_can_be_read_at_any_time(office: Office):
    office.web.page = Page(LUNCH)
    await office.connect()

    await office.sync()

    assert len(office.web.requests) == 2


async def test_calendar_addresses_of_calendar_programs_are_taken(office: Office):
    answer = await office.coach.http.post(
        "/v1/external-calendars", json={"name": "Home", "url": "webcal://p1.example.test/a.ics"}
    )

    assert answer.json()["url"] == "https://p1.example.test/a.ics"


async def test_an_address_that_is_none_is_refused(office: Office):
    for url in ("file:///etc/passwd", "ftp://example.test/a.ics", "example.test", "http://"):
        answer = await office.coach.http.post(
            "/v1/external-calendars", json={"name": "Home", "url": url}
        )
        assert answer.status_code == 422, url


async def test_the_secret_in_the_address_is_for_its_coach_only(office: Office, make: Make):
    office.web.page = Page(LUNCH)
    mine = await office.connect()
    colleague = await make.coach(role="assistant", workspace_id=office.coach.workspace_id)

    seen = (await colleague.http.get(f"/v1/external-calendars/{mine['id']}")).json()

    assert "me.ics" in mine["url"]
    assert seen["url"] == "http://calendar.test/…"
    assert seen["status"] == "ok"


async def test_a_calendar_can_be_connected_for_a_colleague(office: Office, make: Make):
    colleague = await make.coach(role="coach", workspace_id=office.coach.workspace_id)
    office.web.page = Page(LUNCH)

    await office.connect(coach_id=str(colleague.member_id))

    theirs = await office.coach.http.get(
        "/v1/external-calendars", params={"coach_id": str(colleague.member_id)}
    )
    assert [each["id"] for each in theirs.json()["data"]] == [office.calendar["id"]]
    stranger = await make.coach()
    refused = await office.coach.http.post(
        "/v1/external-calendars",
        json={"name": "x", "url": "https://a.test", "coach_id": str(stranger.member_id)},
    )
    assert refused.json()["code"] == "no_such_member"


async def test_ten_calendars_are_enough(office: Office):
    for number in range(11):
        answer = await office.coach.http.post(
            "/v1/external-calendars", json={"name": str(number), "url": "https://a.test/"}
        )

    assert answer.status_code == 409
    assert answer.json()["code"] == "too_many_calendars"
