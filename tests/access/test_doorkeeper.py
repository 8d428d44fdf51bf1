"""Who is let in, and how soon the door is shut."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.doorkeeper import Doorkeeper
from app.access.runtime import Runtime
from app.access.tokens import InvalidAccessToken
from app.core.db import Database
from app.repositories.login_sessions import end_login_sessions
from app.repositories.spaces import close_space
from tests.make import Make, Person


class CountingDatabase(Database):
    """Counts how often the database is asked."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.asked = 0

    @asynccontextmanager
    async def reading(self, workspace_id: UUID | None = None) -> AsyncIterator[AsyncSession]:
        self.asked += 1
        async with self.inner.reading(workspace_id) as session:
            yield session


@pytest.fixture
async def coach(make: Make) -> Person:
    return await make.coach()


@pytest.fixture
def asked(database: Database) -> CountingDatabase:
    return CountingDatabase(database)


@pytest.fixture
def doorkeeper(make: Make, asked: CountingDatabase) -> Doorkeeper:
    runtime: Runtime = make.runtime
    return Doorkeeper(runtime.access_tokens, asked)


def token_of(person: Person) -> str:
    return person.http.headers["Authorization"].removeprefix("Bearer ")


async def sign_out(database: Database, person: Person) -> None:
    async with database.writing() as session:
        assert await end_login_sessions(session, person.user_id) == 1


async def test_an_admitted_token_is_not_asked_about_again(
    doorkeeper: Doorkeeper, asked: CountingDatabase, coach: Person
):
    for _ in range(3):
        caller = await doorkeeper.admit(token_of(coach))
        assert caller.user_id == coach.user_id

    assert asked.asked == 1


async def test_whoever_is_forgotten_is_asked_about_at_once(
    doorkeeper: Doorkeeper, database: Database, coach: Person
):
    await doorkeeper.admit(token_of(coach))
    await sign_out(database, coach)
    await doorkeeper.admit(token_of(coach))

    doorkeeper.forget(coach.user_id)

    with pytest.raises(InvalidAccessToken):
        await doorkeeper.admit(token_of(coach))


async def test_forgetting_one_person_leaves_the_others(
    doorkeeper: Doorkeeper, asked: CountingDatabase, make: Make, coach: Person
):
    other = await make.coach()
    for person in (coach, other):
        await doorkeeper.admit(token_of(person))

    doorkeeper.forget(other.user_id)
    await doorkeeper.admit(token_of(coach))

    assert asked.asked == 2


async def test_a_closed_space_shuts_the_door(
    doorkeeper: Doorkeeper, database: Database, coach: Person
):
    async with database.writing() as session:
        await close_space(
            session, user_id=coach.user_id, workspace_id=coach.workspace_id, side="member"
        )

    with pytest.raises(InvalidAccessToken):
        await doorkeeper.admit(token_of(coach))


async def test_a_sign_out_during_the_question_is_not_overlooked(
    make: Make, database: Database, coach: Person
):
    """The answer was true when it was read, and is over before it would be remembered."""

    class SlowDatabase(CountingDatabase):
        @asynccontextmanager
        async def reading(self, workspace_id: UUID | None = None) -> AsyncIterator[AsyncSession]:
            async with super().reading(workspace_id) as session:
                yield session
            if self.asked == 1:
                await sign_out(database, coach)
                keeper.forget(coach.user_id)

    keeper = Doorkeeper(make.runtime.access_tokens, SlowDatabase(database))
    await keeper.admit(token_of(coach))

    with pytest.raises(InvalidAccessToken):
        await keeper.admit(token_of(coach))
