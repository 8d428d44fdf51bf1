"""Nobody tries links by the hundred, or writes to strangers by the hundred."""

import asyncio

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.members.journey import invite, invited, look_up, pending, resend
from tests.make import Make


@pytest.fixture
def limited(settings: Settings, fresh_database: Database) -> Make:
    """Factories for an app that counts."""
    counting = settings.model_copy(update={"rate_limits": True})
    return Make(create_app(counting, database=fresh_database))


async def test_an_address_tries_sixty_links_a_minute(limited: Make) -> None:
    owner = await limited.coach()
    _, token = await invited(limited, owner)

    async with limited.anonymous() as browser:
        answers = [await look_up(browser, f"{token}x") for _ in range(60)]
        more = await asyncio.gather(*(look_up(browser, token) for _ in range(20)))

    refused = max(more, key=lambda answer: answer.status_code)
    assert {answer.status_code for answer in answers} == {404}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused.headers["Retry-After"]) >= 1


async def test_a_practice_sends_a_hundred_invitations_an_hour(limited: Make) -> None:
    owner, other = await limited.coach(), await limited.coach()
    invite_id, _ = await invited(limited, owner)
    answers = [await resend(owner, invite_id) for _ in range(49)]
    answers += [await invite(owner, f"kim-{n}@example.test") for n in range(50)]

    refused = await invite(owner, "one-too-many@example.test")

    assert {answer.status_code for answer in answers} == {200, 201}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert len(await pending(owner)) == 25
    assert (await invite(other)).status_code == 201
