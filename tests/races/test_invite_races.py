"""Fifty people click the same link, and two coaches invite the same contact."""

import asyncio
from collections import Counter

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.features.invites.journey import accept, invite, invited_contact
from tests.make import Make


@pytest.fixture
def racing_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """The app on a database with real connections and real commits."""
    plain = settings.model_copy(update={"row_level_security": False})
    return create_app(plain, database=fresh_database)


@pytest.fixture
def crowd(racing_app: FastAPI) -> Make:
    return Make(racing_app)


async def test_of_fifty_racers_on_one_invite_one_wins(crowd: Make):
    coach = await crowd.coach()
    contact_id, token = await invited_contact(crowd, coach)
    browsers = [crowd.anonymous() for _ in range(50)]

    answers = await asyncio.gather(*(accept(browser, token) for browser in browsers))

    codes = Counter(answer.status_code for answer in answers)
    assert codes[200] == 1
    assert set(codes) <= {200, 409, 410}
    assert sum(codes.values()) == 50
    events = (await coach.http.get(f"/v1/contacts/{contact_id}/timeline")).json()["data"]
    assert [event["type"] for event in events].count("portal.activated") == 1


async def test_racing_invites_leave_one_pending(crowd: Make):
    coach = await crowd.coach()
    contact = await crowd.contact(workspace_id=coach.workspace_id)

    answers = await asyncio.gather(*(invite(coach, contact.id) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {201}
    portal = (await coach.http.get(f"/v1/contacts/{contact.id}")).json()["portal"]
    assert portal["status"] == "pending"


async def test_two_batches_at_once_invite_each_contact_once(crowd: Make):
    coach = await crowd.coach()
    for _ in range(30):
        await crowd.contact(workspace_id=coach.workspace_id)

    answers = await asyncio.gather(
        *(
            coach.http.post(
                "/v1/portal-invites/batches",
                json={"filter": {}},
                headers={"Idempotency-Key": f"batch-{number}"},
            )
            for number in range(4)
        )
    )

    assert sum(answer.json()["invited"] for answer in answers) == 30
