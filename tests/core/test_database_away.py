import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text

from app.core.db import Database
from app.core.openapi import Api
from app.core.strict_route import api_router
from tests.core.small_app import client_of, small_app

NOBODY_LISTENS = "postgresql+asyncpg://nobody@127.0.0.1:1/nothing"


def app_that(read: Callable[[], Awaitable[object]]) -> Api:
    router = api_router("/v1/things", "things")

    @router.get("")
    async def list_things() -> None:
        await read()

    @router.post("")
    async def create_thing() -> None:
        await read()

    return small_app(router)


async def asked_for_one(database: Database) -> None:
    async with database.reading() as session:
        await session.execute(text("SELECT 1"))


async def kill_connections(database: Database) -> None:
    async with database.reading() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )


async def open_connections(database: Database, number: int) -> None:
    async def hold() -> None:
        async with database.reading() as session:
            await session.execute(text("SELECT pg_sleep(0.05)"))

    await asyncio.gather(*(hold() for _ in range(number)))


async def test_a_database_that_is_not_there_is_a_503() -> None:
    database = Database.connect(NOBODY_LISTENS, size=2)

    async with client_of(app_that(lambda: asked_for_one(database))) as http:
        answer = await http.get("/v1/things")

    assert answer.status_code == 503
    assert answer.json()["code"] == "service_unavailable"
    assert answer.headers["retry-after"] == "5"
    assert "127.0.0.1" not in answer.text


async def test_a_missing_file_is_a_fault_of_ours_and_no_absence() -> None:
    async def read() -> None:
        await asyncio.to_thread(Path("/does/not/exist").read_bytes)

    async with client_of(app_that(read)) as http:
        answer = await http.get("/v1/things")

    assert answer.status_code == 500


async def test_a_read_outlives_the_death_of_its_connection(
    fresh_database: Database, fresh_url: str
) -> None:
    await open_connections(fresh_database, 5)
    killer = Database.connect(fresh_url, size=1)
    await kill_connections(killer)
    await killer.close()

    async with client_of(app_that(lambda: asked_for_one(fresh_database))) as http:
        answers = await asyncio.gather(*(http.get("/v1/things") for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}


async def test_a_change_on_a_dead_connection_is_left_to_the_caller_to_repeat(
    fresh_database: Database, fresh_url: str
) -> None:
    await open_connections(fresh_database, 1)
    killer = Database.connect(fresh_url, size=1)
    await kill_connections(killer)
    await killer.close()

    async with client_of(app_that(lambda: asked_for_one(fresh_database))) as http:
        dead = await http.post("/v1/things")
        later = await http.post("/v1/things")

    assert (dead.status_code, dead.json()["code"]) == (503, "service_unavailable")
    assert later.status_code == 200
