import asyncio
from collections import Counter

import httpx
from sqlalchemy import func, select

from app.core.db import Database
from app.models import User, Workspace
from tests.features.accounts.people import code_of, registration

AT_ONCE = 30


async def rows(database: Database, table: type[User] | type[Workspace]) -> int | None:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table))


async def test_one_of_thirty_concurrent_registrations_of_an_address_wins(
    racing_http: httpx.AsyncClient, fresh_database: Database
):
    answers = await asyncio.gather(
        *(racing_http.post("/v1/auth/register", json=registration()) for _ in range(AT_ONCE))
    )

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    losers = {code_of(answer) for answer in answers if answer.status_code == 409}
    assert losers <= {"account_exists", "practice_exists"}
    assert await rows(fresh_database, User) == 1
    assert await rows(fresh_database, Workspace) == 1


async def test_one_of_ten_concurrent_second_practices_of_a_name_is_founded(
    racing_http: httpx.AsyncClient, fresh_database: Database
):
    await racing_http.post("/v1/auth/register", json=registration())
    second = registration(workspace_name="Second")

    answers = await asyncio.gather(
        *(racing_http.post("/v1/auth/register", json=second) for _ in range(10))
    )

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 9}
    assert await rows(fresh_database, Workspace) == 2


async def test_practices_of_one_name_get_slugs_of_their_own(
    racing_http: httpx.AsyncClient, fresh_database: Database
):
    answers = await asyncio.gather(
        *(
            racing_http.post("/v1/auth/register", json=registration(email=f"coach{n}@a.test"))
            for n in range(10)
        )
    )

    assert {answer.status_code for answer in answers} == {201}
    async with fresh_database.reading() as session:
        slugs = (await session.scalars(select(Workspace.slug))).all()
    assert len(set(slugs)) == 10
