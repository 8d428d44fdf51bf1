"""Dates that differ from the week."""

from typing import Any

import pytest

from tests.features.availability.working import add_schedule, intervals
from tests.make import Make


async def test_a_date_gets_other_hours_and_its_own_again(make: Make):
    coach = await make.coach()
    schedule = await add_schedule(coach)
    url = f"/v1/schedules/{schedule['id']}/overrides"

    put = await coach.http.put(
        f"{url}/2027-03-28", json={"intervals": intervals("10:00-12:00", "22:00-03:00")}
    )
    await coach.http.put(f"{url}/2027-01-01", json={"intervals": []})

    assert put.status_code == 200, put.text
    assert put.json() == {
        "date": "2027-03-28",
        "intervals": intervals("10:00-12:00", "22:00-03:00"),
    }
    seen = (await coach.http.get(f"/v1/schedules/{schedule['id']}")).json()
    assert seen["overrides"] == [{"date": "2027-01-01", "intervals": []}, put.json()]
    assert seen["version"] > schedule["version"]

    assert (await coach.http.delete(f"{url}/2027-01-01")).status_code == 204
    assert (await coach.http.delete(f"{url}/2027-01-01")).status_code == 404
    seen = (await coach.http.get(f"/v1/schedules/{schedule['id']}")).json()
    assert [one["date"] for one in seen["overrides"]] == ["2027-03-28"]


async def test_putting_it_again_replaces_it(make: Make):
    coach = await make.coach()
    schedule = await add_schedule(coach)
    url = f"/v1/schedules/{schedule['id']}/overrides/2027-03-28"
    await coach.http.put(url, json={"intervals": intervals("10:00-12:00")})

    await coach.http.put(url, json={"intervals": intervals("13:00-14:00")})

    seen = (await coach.http.get(f"/v1/schedules/{schedule['id']}")).json()
    assert seen["overrides"] == [{"date": "2027-03-28", "intervals": intervals("13:00-14:00")}]


async def test_hours_that_touch_become_one(make: Make):
    coach = await make.coach()
    schedule = await add_schedule(coach)

    put = await coach.http.put(
        f"/v1/schedules/{schedule['id']}/overrides/2027-03-28",
        json={"intervals": intervals("12:00-13:00", "09:00-12:00")},
    )

    assert put.json()["intervals"] == intervals("09:00-13:00")


@pytest.mark.parametrize(
    ("hours", "code", "pointer"),
    [
        (intervals("09:00-12:00", "08:00-10:00"), "overlapping_hours", "/intervals/0"),
        (intervals("09:00-12:00", "12:00-11:00"), "hours_too_long", "/intervals"),
        (intervals("12:60-13:00"), "validation_failed", "/intervals/0/start"),
    ],
)
async def test_impossible_hours_are_refused(
    make: Make, hours: list[dict[str, Any]], code: str, pointer: str
):
    coach = await make.coach()
    schedule = await add_schedule(coach)

    answer = await coach.http.put(
        f"/v1/schedules/{schedule['id']}/overrides/2027-03-28", json={"intervals": hours}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer
    seen = (await coach.http.get(f"/v1/schedules/{schedule['id']}")).json()
    assert seen == schedule


@pytest.mark.parametrize("day", ["2027-02-29", "tomorrow", "2027-3-1", "0001-01-01"])
async def test_what_is_no_date_is_not_there(make: Make, day: str):
    coach = await make.coach()
    schedule = await add_schedule(coach)

    answer = await coach.http.put(
        f"/v1/schedules/{schedule['id']}/overrides/{day}", json={"intervals": []}
    )

    assert answer.status_code == 404
