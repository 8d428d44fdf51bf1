"""A profile that many requests begin at once is begun once."""

import asyncio

from sqlalchemy import func, select

from app.core.db import Database
from app.main import create_app
from app.models import CoachProfile
from app.settings import Settings
from tests.features.profile.profiles import EVERYTHING, change, profile_of
from tests.make import Make


async def test_nothing_that_was_written_is_lost(
    settings: Settings, fresh_database: Database
) -> None:
    coach = await Make(create_app(settings, database=fresh_database)).coach()
    links = EVERYTHING["social_links"]

    answers = await asyncio.gather(
        *(change(coach, social_links={network: url}) for network, url in links.items()),
        change(coach, bio="Hello"),
        change(coach, visibility={"phone": True}),
        *(coach.http.get("/v1/profile") for _ in range(5)),
    )

    assert {answer.status_code for answer in answers} == {200}
    profile = await profile_of(coach)
    assert profile["social_links"] == links
    assert profile["bio"] == "Hello"
    assert profile["visibility"]["phone"]
    async with fresh_database.reading(coach.workspace_id) as session:
        assert await session.scalar(select(func.count(CoachProfile.id))) == 1
