"""Hours that can't be: each is refused with its place, and nothing is kept."""

from typing import Any

import pytest

from tests.features.availability.working import BERLIN, add_schedule, intervals, weekdays
from tests.make import Make


@pytest.mark.parametrize(
    ("rules", "pointer", "detail"),
    [
        (
            [{"weekday": 0, "intervals": intervals("09:00-12:00", "11:00-13:00")}],
            "/rules/0/intervals/1",
            "Monday 11:00-13:00 overlaps Monday 09:00-12:00",
        ),
        (
            [
                {"weekday": 0, "intervals": intervals("20:00-02:00")},
                {"weekday": 1, "intervals": intervals("08:00-09:00", "01:00-03:00")},
            ],
            "/rules/1/intervals/1",
            "Tuesday 01:00-03:00 overlaps Monday 20:00-02:00",
        ),
        (
            [
                {"weekday": 6, "intervals": intervals("22:00-01:00")},
                {"weekday": 0, "intervals": intervals("00:30-02:00")},
            ],
            "/rules/1/intervals/0",
            "Monday 00:30-02:00 overlaps Sunday 22:00-01:00",
        ),
        (
            [
                {"weekday": 2, "intervals": intervals("09:00-10:00")},
                {"weekday": 2, "intervals": intervals("09:00-10:00")},
            ],
            "/rules/1/intervals/0",
            "Wednesday 09:00-10:00 overlaps Wednesday 09:00-10:00",
        ),
    ],
    ids=["on a day", "over midnight", "over the week's end", "twice the same"],
)
async def test_overlapping_hours_are_named(
    make: Make, rules: list[dict[str, Any]], pointer: str, detail: str
):
    coach = await make.coach()

    answer = await coach.http.post(
        "/v1/schedules", json={"name": "Office", "time_zone": BERLIN, "rules": rules}
    )

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "overlapping_hours")
    assert (problem["errors"][0]["pointer"], problem["errors"][0]["detail"]) == (pointer, detail)
    assert (await coach.http.get("/v1/schedules")).json()["data"] == []


async def test_hours_that_touch_are_fine(make: Make):
    coach = await make.coach()
    rules = [
        {"weekday": 6, "intervals": intervals("12:00-24:00")},
        {"weekday": 0, "intervals": intervals("00:00-08:00", "08:00-12:00")},
    ]

    added = await add_schedule(coach, rules=rules)

    assert added["rules"] == rules[::-1]


async def test_a_whole_week_without_a_break(make: Make):
    coach = await make.coach()
    rules = weekdays("08:00-08:00", days=range(7))

    assert (await add_schedule(coach, rules=rules))["rules"] == rules


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("name", "", "/name"),
        ("name", "x" * 101, "/name"),
        ("time_zone", "Mars/Olympus", "/time_zone"),
        ("time_zone", "Factory", "/time_zone"),
        ("time_zone", "localtime", "/time_zone"),
        ("time_zone", "+02:00", "/time_zone"),
        ("rules", {}, "/rules"),
        ("rules", [{"weekday": 7, "intervals": []}], "/rules/0/weekday"),
        ("rules", [{"weekday": -1, "intervals": []}], "/rules/0/weekday"),
        ("rules", [{"weekday": "0", "intervals": []}], "/rules/0/weekday"),
        ("rules", [{"weekday": True, "intervals": []}], "/rules/0/weekday"),
        ("rules", [{"weekday": 0}], "/rules/0/intervals"),
        (
            "rules",
            [{"weekday": 0, "intervals": intervals("25:00-26:00")}],
            "/rules/0/intervals/0/start",
        ),
        (
            "rules",
            [{"weekday": 0, "intervals": intervals("24:00-02:00")}],
            "/rules/0/intervals/0/start",
        ),
        (
            "rules",
            [{"weekday": 0, "intervals": intervals("9:00-17:00")}],
            "/rules/0/intervals/0/start",
        ),
        (
            "rules",
            [{"weekday": 0, "intervals": intervals("09:00-24:30")}],
            "/rules/0/intervals/0/end",
        ),
        ("rules", [{"weekday": 0, "intervals": [{"start": "09:00"}]}], "/rules/0/intervals/0/end"),
        ("coach_id", "me", "/coach_id"),
        ("is_default", "yes", "/is_default"),
        ("version", 3, "/version"),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_its_place(
    make: Make, field: str, value: Any, pointer: str
):
    coach = await make.coach()
    body = {"name": "Office", "time_zone": BERLIN, field: value}

    answer = await coach.http.post("/v1/schedules", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await coach.http.get("/v1/schedules")).json()["data"] == []


async def test_only_members_of_the_team_have_schedules(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    body = {"name": "Office", "time_zone": BERLIN, "coach_id": str(stranger.member_id)}

    answer = await coach.http.post("/v1/schedules", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "no_such_member")


async def test_a_refused_change_leaves_the_hours_as_they_were(make: Make):
    coach = await make.coach()
    added = await add_schedule(coach)
    rules = [{"weekday": 0, "intervals": intervals("09:00-12:00", "11:00-13:00")}]

    answer = await coach.http.patch(f"/v1/schedules/{added['id']}", json={"rules": rules})
    undefault = await coach.http.patch(f"/v1/schedules/{added['id']}", json={"is_default": False})

    assert answer.json()["code"] == "overlapping_hours"
    assert undefault.status_code == 422
    assert (await coach.http.get(f"/v1/schedules/{added['id']}")).json() == added
