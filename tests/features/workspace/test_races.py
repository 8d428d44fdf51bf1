"""Many change settings at once, over real connections."""

import asyncio
from collections import Counter

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.images.uploads import uploaded
from tests.features.workspace.settings import URL, change, settings_of
from tests.make import Make

ROUNDS = 5


@pytest.fixture
def crowd(settings: Settings, fresh_database: Database) -> Make:
    """Factories on a database of the test's own, whose requests really meet."""
    return Make(create_app(settings, database=fresh_database))


async def test_of_ten_practices_one_gets_the_slug(crowd: Make) -> None:
    owners = [await crowd.coach() for _ in range(10)]

    answers = await asyncio.gather(*(change(owner, slug="berg-coaching") for owner in owners))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 9}
    assert {a.json()["code"] for a in answers if a.is_error} == {"slug_taken"}


async def test_of_ten_who_know_the_same_version_one_changes_it(crowd: Make) -> None:
    owner = await crowd.coach()
    tag = (await owner.http.get(URL)).headers["ETag"]

    answers = await asyncio.gather(
        *(
            owner.http.patch(URL, json={"name": f"Name {n}"}, headers={"If-Match": tag})
            for n in range(10)
        )
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 9}
    [won] = [answer.json()["name"] for answer in answers if answer.is_success]
    assert (await settings_of(owner))["name"] == won


async def test_a_picture_that_is_chosen_while_it_is_deleted_is_one_or_the_other(
    crowd: Make,
) -> None:
    for _ in range(ROUNDS):
        owner = await crowd.coach()
        image = await uploaded(owner)

        chosen, deleted = await asyncio.gather(
            change(owner, branding={"logo_file_id": image["id"]}),
            owner.http.delete(f"/v1/images/{image['id']}"),
        )

        assert (chosen.status_code, deleted.status_code) in {(200, 409), (422, 204)}
