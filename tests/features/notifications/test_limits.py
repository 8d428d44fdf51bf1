"""Nobody is sent the same e-mail over and over."""

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.notifications.writing import emails, invite, resend
from tests.make import Make
from tests.post_office import PostOffice


@pytest.fixture
def limited(settings: Settings, fresh_database: Database) -> Make:
    """Factories for an app that counts."""
    counting = settings.model_copy(update={"rate_limits": True})
    return Make(create_app(counting, database=fresh_database))


async def test_an_email_is_asked_for_again_ten_times_an_hour_at_most(limited: Make) -> None:
    coach = await limited.coach()
    contact = await limited.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await PostOffice(limited.runtime).deliver()
    [email] = await emails(coach)
    answers = [await resend(coach, email) for _ in range(10)]

    refused = await resend(coach, email)

    assert 429 not in {answer.status_code for answer in answers}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
