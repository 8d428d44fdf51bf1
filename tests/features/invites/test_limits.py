"""Nobody is written to over and over."""

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.invites.journey import invite
from tests.make import Make


@pytest.fixture
def limited(settings: Settings, fresh_database: Database) -> Make:
    """Factories for an app that counts."""
    counting = settings.model_copy(update={"rate_limits": True})
    return Make(create_app(counting, database=fresh_database))


async def test_a_contact_is_invited_ten_times_an_hour_at_most(limited: Make) -> None:
    coach = await limited.coach()
    often = await limited.contact(workspace_id=coach.workspace_id)
    other = await limited.contact(workspace_id=coach.workspace_id)
    answers = [await invite(coach, often.id) for _ in range(10)]

    refused = await invite(coach, often.id)

    assert {answer.status_code for answer in answers} == {201}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert (await invite(coach, other.id)).status_code == 201
