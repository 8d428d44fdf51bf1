"""After a bulk invitation the query planner knows the practice, so no join runs for minutes."""

from datetime import timedelta

import pytest
import time_machine
from fastapi import FastAPI
from sqlalchemy import insert, text

from app.core.clock import now
from app.core.db import Database
from app.core.ids import new_id
from app.main import create_app
from app.models import Contact
from app.settings import Settings
from tests.make import Make
from tests.post_office import PostOffice

CONTACTS = 600


@pytest.fixture
def bulk_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """The app with real commits: statistics are shared by all transactions."""
    plain = settings.model_copy(update={"row_level_security": False})
    return create_app(plain, database=fresh_database)


async def test_the_practice_is_in_the_statistics(bulk_app: FastAPI):
    make, post_office = Make(bulk_app), PostOffice(bulk_app.state.runtime)
    coach = await make.coach()
    async with make.runtime.database.writing() as session:
        await session.execute(
            insert(Contact),
            [
                {
                    "id": new_id(),
                    "workspace_id": coach.workspace_id,
                    "first_name": "Ada",
                    "email": f"ada{n}@example.test",
                    "email_norm": f"ada{n}@example.test",
                }
                for n in range(CONTACTS)
            ],
        )
    await coach.http.post(
        "/v1/portal-invites/batches", json={"filter": {}}, headers={"Idempotency-Key": "all"}
    )

    await post_office.deliver()
    with time_machine.travel(now() + timedelta(seconds=2)):
        await post_office.deliver()

    for table in ("contacts", "portal_invites", "emails"):
        async with make.runtime.database.reading() as session:
            known = await session.scalar(
                text("""
                SELECT most_common_vals::text FROM pg_stats
                WHERE tablename = :table AND attname = 'workspace_id'
                """),
                {"table": table},
            )
        assert str(coach.workspace_id) in known, table
