"""Slugs are unique over all practices."""

from tests.features.workspace.settings import change, settings_of
from tests.make import Make


async def test_another_practices_slug_is_taken(make: Make) -> None:
    first, second = await make.coach(), await make.coach()
    await change(first, slug="berg-coaching")

    refused = await change(second, slug="berg-coaching", name="Mine now")

    assert refused.status_code == 409
    assert refused.json()["code"] == "slug_taken"
    assert (await settings_of(second))["name"] != "Mine now"


async def test_a_slug_that_was_given_up_is_free(make: Make) -> None:
    first, second = await make.coach(), await make.coach()
    await change(first, slug="berg-coaching")
    await change(first, slug="berg")

    assert (await change(second, slug="berg-coaching")).status_code == 200
