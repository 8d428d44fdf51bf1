"""A practice's pictures live in the database: there is a limit to how many come in."""

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.images.uploads import upload
from tests.make import Make


async def test_a_practice_uploads_a_hundred_and_twenty_an_hour(
    settings: Settings, fresh_database: Database
) -> None:
    counting = settings.model_copy(update={"rate_limits": True})
    make = Make(create_app(counting, database=fresh_database))
    owner, other = await make.coach(), await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    answers = [await upload(person) for person in (owner, coach) for _ in range(60)]

    refused = await upload(owner)

    assert {answer.status_code for answer in answers} == {201}
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert (await upload(other)).status_code == 201
