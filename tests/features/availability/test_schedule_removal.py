"""Schedules go when nothing needs them."""

from tests.features.availability.working import add_schedule
from tests.make import Make


async def test_a_schedule_that_is_not_the_default_goes_with_its_hours(make: Make):
    coach = await make.coach()
    await add_schedule(coach)
    other = await add_schedule(coach, name="Summer")
    await coach.http.put(
        f"/v1/schedules/{other['id']}/overrides/2027-01-01", json={"intervals": []}
    )

    assert (await coach.http.delete(f"/v1/schedules/{other['id']}")).status_code == 204
    assert (await coach.http.get(f"/v1/schedules/{other['id']}")).status_code == 404


async def test_the_default_stays_while_there_are_others(make: Make):
    coach = await make.coach()
    default = await add_schedule(coach)
    other = await add_schedule(coach, name="Summer")

    refused = await coach.http.delete(f"/v1/schedules/{default['id']}")

    assert (refused.status_code, refused.json()["code"]) == (409, "default_schedule")
    await coach.http.delete(f"/v1/schedules/{other['id']}")
    assert (await coach.http.delete(f"/v1/schedules/{default['id']}")).status_code == 204
