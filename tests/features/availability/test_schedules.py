"""A coach writes down when they work."""

from tests.features.availability.working import add_schedule, intervals, weekdays
from tests.make import Make


async def test_a_schedule_comes_back_as_it_was_meant(make: Make):
    coach = await make.coach()
    rules = [
        {"weekday": 0, "intervals": intervals("09:00-12:00", "13:00-17:30")},
        {"weekday": 5, "intervals": intervals("22:00-02:00")},
    ]

    added = await add_schedule(coach, name="Late", time_zone="Asia/Kathmandu", rules=rules)

    assert added["rules"] == rules
    assert added["time_zone"] == "Asia/Kathmandu"
    assert added["coach_id"] == str(coach.member_id)
    assert added["overrides"] == []
    answer = await coach.http.get(f"/v1/schedules/{added['id']}")
    assert answer.json() == added
    again = await coach.http.get(
        f"/v1/schedules/{added['id']}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


async def test_midnight_ends_a_day_and_does_not_begin_the_next(make: Make):
    coach = await make.coach()
    rules = [{"weekday": 6, "intervals": intervals("18:00-24:00")}]

    added = await add_schedule(coach, rules=rules)
    other = await add_schedule(coach, rules=[{"weekday": 6, "intervals": intervals("18:00-00:00")}])

    assert added["rules"] == rules
    assert other["rules"] == rules


async def test_the_first_schedule_is_the_default_and_only_one_is(make: Make):
    coach = await make.coach()
    first = await add_schedule(coach)
    second = await add_schedule(coach, name="Summer")
    third = await add_schedule(coach, name="Winter", is_default=True)

    assert [one["is_default"] for one in (first, second, third)] == [True, False, True]
    await coach.http.patch(f"/v1/schedules/{second['id']}", json={"is_default": True})
    listed = (await coach.http.get("/v1/schedules")).json()["data"]
    assert {one["name"]: one["is_default"] for one in listed} == {
        "Office": False,
        "Summer": True,
        "Winter": False,
    }


async def test_each_coach_has_a_default_of_their_own(make: Make):
    owner = await make.coach()
    colleague = await make.coach(role="coach", workspace_id=owner.workspace_id)
    mine = await add_schedule(owner)
    theirs = await add_schedule(owner, coach_id=str(colleague.member_id))

    assert mine["is_default"]
    assert theirs["is_default"]
    listed = await owner.http.get("/v1/schedules", params={"coach_id": str(colleague.member_id)})
    assert [one["id"] for one in listed.json()["data"]] == [theirs["id"]]


async def test_changing_hours_replaces_them_and_is_a_new_version(make: Make):
    coach = await make.coach()
    added = await add_schedule(coach)

    answer = await coach.http.patch(
        f"/v1/schedules/{added['id']}",
        json={"rules": weekdays("10:00-11:00", days=range(1)), "name": "Short"},
        headers={"If-Match": '"v1"'},
    )

    changed = answer.json()
    assert answer.status_code == 200, answer.text
    assert changed["name"] == "Short"
    assert changed["rules"] == weekdays("10:00-11:00", days=range(1))
    assert changed["version"] > added["version"]
    stale = await coach.http.patch(
        f"/v1/schedules/{added['id']}", json={"name": "X"}, headers={"If-Match": '"v1"'}
    )
    assert stale.status_code == 412


async def test_an_empty_week_is_a_schedule_too(make: Make):
    coach = await make.coach()

    assert (await add_schedule(coach, rules=[]))["rules"] == []


async def test_pages_follow_each_other(make: Make):
    coach = await make.coach()
    for number in range(3):
        await add_schedule(coach, name=f"No. {number}")

    first = (await coach.http.get("/v1/schedules", params={"limit": 2})).json()
    rest = await coach.http.get(
        "/v1/schedules", params={"limit": 2, "cursor": first["next_cursor"]}
    )

    names = [one["name"] for one in [*first["data"], *rest.json()["data"]]]
    assert names == ["No. 0", "No. 1", "No. 2"]
    assert not rest.json()["has_more"]
