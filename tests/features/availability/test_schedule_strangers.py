"""Nobody else's hours can be seen or changed."""

from tests.features.availability.working import add_schedule
from tests.make import Make


async def test_another_practices_schedule_is_not_there(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    schedule = await add_schedule(coach)
    url = f"/v1/schedules/{schedule['id']}"

    answers = [
        await stranger.http.get(url),
        await stranger.http.patch(url, json={"name": "Mine"}),
        await stranger.http.delete(url),
        await stranger.http.put(f"{url}/overrides/2027-01-01", json={"intervals": []}),
        await stranger.http.delete(f"{url}/overrides/2027-01-01"),
        await coach.http.get("/v1/schedules/not-an-id"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert (await stranger.http.get("/v1/schedules")).json()["data"] == []
    assert (await coach.http.get(url)).json() == schedule


async def test_clients_have_no_business_with_schedules(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    schedule = await add_schedule(coach)

    answers = [
        await client.http.get("/v1/schedules"),
        await client.http.post("/v1/schedules", json={"name": "X", "time_zone": "UTC"}),
        await client.http.patch(f"/v1/schedules/{schedule['id']}", json={"name": "X"}),
    ]

    assert [answer.json()["code"] for answer in answers] == ["coaches_only"] * 3


async def test_assistants_keep_their_coachs_hours(make: Make):
    owner = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)

    added = await add_schedule(assistant, coach_id=str(owner.member_id))

    assert added["coach_id"] == str(owner.member_id)
