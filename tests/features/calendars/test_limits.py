"""Nobody makes Atrium read or write calendars over and over."""

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.calendars.subscribing import fetch, new_feed
from tests.make import Make


@pytest.fixture
def limited(settings: Settings, fresh_database: Database) -> Make:
    """Factories for an app that counts."""
    counting = settings.model_copy(update={"rate_limits": True})
    return Make(create_app(counting, database=fresh_database))


async def test_a_feed_is_fetched_sixty_times_in_five_minutes_at_most(limited: Make) -> None:
    coach = await limited.coach()
    often, other = await new_feed(coach), await new_feed(coach)
    answers = [await fetch(limited, often) for _ in range(60)]

    refused = await fetch(limited, often)

    assert {answer.status_code for answer in answers} == {200}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) > 0
    assert (await fetch(limited, other)).status_code == 200


async def test_a_calendar_is_read_on_demand_ten_times_in_ten_minutes_at_most(
    limited: Make,
) -> None:
    coach = await limited.coach()
    body = {"name": "Private", "url": "https://calendar.example.test/"}
    calendar = (await coach.http.post("/v1/external-calendars", json=body)).json()
    url = f"/v1/external-calendars/{calendar['id']}/sync"
    answers = [await coach.http.post(url) for _ in range(10)]

    refused = await coach.http.post(url)

    assert {answer.status_code for answer in answers} == {202}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
