"""Two people who edit the settings don't overwrite each other."""

from tests.features.workspace.settings import URL, change, settings_of
from tests.make import Make


async def test_a_change_names_the_version_it_is_based_on(make: Make) -> None:
    coach = await make.coach()
    tag = (await coach.http.get(URL)).headers["ETag"]

    answer = await coach.http.patch(URL, json={"name": "Berg"}, headers={"If-Match": tag})

    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert answer.headers["ETag"] == (await coach.http.get(URL)).headers["ETag"]


async def test_without_a_version_nothing_is_changed(make: Make) -> None:
    coach = await make.coach()

    refused = await coach.http.patch(URL, json={"name": "Berg"})

    assert refused.status_code == 428
    assert refused.json()["code"] == "version_required"
    assert (await settings_of(coach))["name"] != "Berg"


async def test_with_an_older_version_nothing_is_changed(make: Make) -> None:
    coach = await make.coach()
    tag = (await coach.http.get(URL)).headers["ETag"]
    await change(coach, name="First")

    refused = await coach.http.patch(URL, json={"name": "Second"}, headers={"If-Match": tag})

    assert refused.status_code == 412
    assert refused.json()["code"] == "version_mismatch"
    assert refused.headers["ETag"] == (await coach.http.get(URL)).headers["ETag"]
    assert (await settings_of(coach))["name"] == "First"
