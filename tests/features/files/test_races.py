"""Many at once: the quota holds, versions are numbered apart, a deleted file stays deleted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests import file_samples as samples
from tests.features.files.uploads import new_version, objects, upload, uploaded
from tests.make import Make, Person


@pytest.fixture
async def rivals(fresh_database: Database, tmp_path: Path) -> tuple[Make, Person]:
    """A coach whose requests really run together, with room for five texts."""
    settings = Settings(data_dir=tmp_path, worker="off", rate_limits=False, file_quota=5_000)
    make = Make(create_app(settings, database=fresh_database))
    return make, await make.coach()


async def test_the_quota_is_kept_to_the_byte(rivals: tuple[Make, Person]):
    make, coach = rivals
    uploads = [upload(coach, b"x" * 1000, f"{number}.txt") for number in range(12)]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*uploads))
    usage = (await coach.http.get("/v1/files/usage")).json()

    assert statuses == [201] * 5 + [413] * 7
    assert usage["used_bytes"] == 5_000
    assert len(objects(make)) == 5


async def test_versions_are_numbered_apart(rivals: tuple[Make, Person]):
    _, coach = rivals
    file = await uploaded(coach)
    answers = await asyncio.gather(*(new_version(coach, file, samples.PDF) for _ in range(8)))
    versions = (await coach.http.get(f"/v1/files/{file['id']}/versions")).json()["data"]
    shown = (await coach.http.get(f"/v1/files/{file['id']}")).json()

    assert {answer.status_code for answer in answers} == {201}
    assert [version["number"] for version in versions] == list(range(9, 0, -1))
    assert shown["version_number"] == 9


async def test_a_file_deleted_while_its_version_arrives_stays_deleted(
    rivals: tuple[Make, Person],
):
    make, coach = rivals
    file = await uploaded(coach, samples.TEXT, "notes.txt")
    begun, gone = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield samples.TEXT * 500
        begun.set()
        await gone.wait()
        yield samples.TEXT

    arriving = asyncio.create_task(new_version(coach, file, slowly(), name="notes.txt"))
    await begun.wait()
    removed = await coach.http.delete(f"/v1/files/{file['id']}")
    gone.set()
    answer = await arriving

    assert (removed.status_code, answer.status_code) == (204, 404)
    assert len(objects(make)) == 1, "the first version waits for the dispatcher"
    assert (await coach.http.get("/v1/files/usage")).json()["used_bytes"] == 0
