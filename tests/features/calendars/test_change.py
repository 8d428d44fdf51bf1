"""A connected calendar is renamed, moved or removed."""

from datetime import timedelta

import time_machine

from tests.features.calendars.feeds import busy_at, calendar
from tests.features.calendars.office import NOON, Office, offer_hours, slots
from tests.web_server import Page

TOMORROW = NOON + timedelta(days=1)
LUNCH = calendar(busy_at(TOMORROW, TOMORROW + timedelta(hours=1)))
NOTHING = calendar()


async def change(office: Office, **body: str) -> dict[str, object]:
    url = f"/v1/external-calendars/{office.calendar['id']}"
    answer = await office.coach.http.patch(url, json=body)
    assert answer.status_code == 200, answer.text
    changed: dict[str, object] = answer.json()
    return changed


async def test_a_new_name_is_only_that(office: Office):
    office.web.page = Page(LUNCH)
    read = await office.connect()

    renamed = await change(office, name="Family")

    assert renamed["name"] == "Family"
    assert renamed["synced_at"] == read["synced_at"]
    await office.post.deliver()
    assert len(office.web.requests) == 1


async def test_at_a_new_address_it_is_read_at_once_and_asked_for_as_new(office: Office):
    office.web.page = Page(LUNCH, headers={"ETag": '"old"'})
    await office.connect()
    office.web.page = Page(NOTHING)

    moved = await change(office, url=f"http://calendar.test:{office.web.door[1]}/new.ics")
    assert (moved["status"], moved["synced_at"]) == ("pending", None)
    await office.post.deliver()

    assert office.web.requests[-1].target == "/new.ics"
    assert "if-none-match" not in office.web.requests[-1].headers
    assert (await office.look())["status"] == "ok"


async def test_until_the_new_address_was_read_the_old_copy_stands_in(office: Office):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    await office.connect()

    await change(office, url="http://calendar.test:1/gone.ics")
    await office.post.deliver()

    answer = await slots(office.coach, type_id, TOMORROW)
    assert 12 not in answer["hours"]
    assert answer["busy_data_stale"]


async def test_what_was_read_of_a_replaced_address_is_dropped(office: Office):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(NOTHING)
    await office.connect()
    engine = office.post.engine
    await office.coach.http.post(f"/v1/external-calendars/{office.calendar['id']}/sync")
    jobs = await engine.claim(["calendar.sync"], limit=1)
    settler = engine.settler()
    await engine.runner.run(jobs, settler.report, at_once=1)

    office.web.page = Page(LUNCH)
    await change(office, url=f"http://calendar.test:{office.web.door[1]}/new.ics")
    assert [ending.outcome async for endings in settler.flush() for ending in endings] == ["done"]

    assert (await office.look())["status"] == "pending"
    await office.post.deliver()
    assert office.web.requests[-1].target == "/new.ics"
    assert 12 not in (await slots(office.coach, type_id, TOMORROW))["hours"]


async def test_a_removed_calendar_is_forgotten(office: Office):
    type_id = await offer_hours(office.coach)
    office.web.page = Page(LUNCH)
    await office.connect()
    url = f"/v1/external-calendars/{office.calendar['id']}"

    assert (await office.coach.http.delete(url)).status_code == 204

    assert (await office.coach.http.get(url)).status_code == 404
    answer = await slots(office.coach, type_id, TOMORROW)
    assert 12 in answer["hours"]
    assert (answer["busy_data_as_of"], answer["busy_data_stale"]) == (None, False)


async def test_a_removed_calendar_is_not_read_any_more(
    office: Office, clock: time_machine.Traveller
):
    office.web.page = Page(LUNCH)
    await office.connect()
    await office.coach.http.delete(f"/v1/external-calendars/{office.calendar['id']}")

    clock.shift(timedelta(hours=1))
    await office.post.deliver()

    assert len(office.web.requests) == 1


async def test_what_happens_to_it_is_in_the_log_without_its_address(office: Office):
    office.web.page = Page(LUNCH)
    await office.connect()
    await change(office, name="Family")
    await office.coach.http.delete(f"/v1/external-calendars/{office.calendar['id']}")

    log = await office.coach.http.get("/v1/events")

    types = [event["type"] for event in log.json()["data"]]
    assert types == ["calendar.disconnected", "calendar.changed", "calendar.connected"]
    assert "me.ics" not in log.text
