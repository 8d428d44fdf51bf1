"""Nobody fills a stranger's mailbox, or tries links by the hundred."""

import asyncio

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.programs.offers import program
from tests.features.programs.visiting import LOOKUP, page_of, sign_up
from tests.make import Make


@pytest.fixture
def limited(settings: Settings, fresh_database: Database) -> Make:
    """Factories for an app that counts."""
    counting = settings.model_copy(update={"rate_limits": True, "row_level_security": False})
    return Make(create_app(counting, database=fresh_database))


async def test_one_address_gets_five_letters_an_hour(limited: Make):
    coach = await limited.coach()
    page = await page_of(limited, coach, await program(coach))
    async with limited.anonymous() as browser:
        answers = [await sign_up(browser, page, email="Ana@example.test") for _ in range(6)]
        other = await sign_up(browser, page, email="bea@example.test")

    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 60
    assert other.status_code == 202


async def test_one_visitor_enters_thirty_addresses_in_ten_minutes(limited: Make):
    coach = await limited.coach()
    page = await page_of(limited, coach, await program(coach))
    async with limited.anonymous() as browser:
        answers = [await sign_up(browser, page, email=f"a{n}@example.test") for n in range(31)]

    assert [answer.status_code for answer in answers] == [202] * 30 + [429]


async def test_links_are_not_tried_by_the_hundred(limited: Make):
    async with limited.anonymous() as browser:
        tried = await asyncio.gather(
            *(browser.post(LOOKUP, json={"token": "psu_" + "A" * 64}) for _ in range(80))
        )

    assert {answer.status_code for answer in tried} == {404, 429}
