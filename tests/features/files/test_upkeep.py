"""What the sweep finds after crashes: objects without rows, rows without objects."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select, update
from structlog.testing import capture_logs

from app.core.clock import now
from app.core.storage import Storage
from app.models import File, FileUsage, FileVersion
from tests import file_samples as samples
from tests.features.files.uploads import listed, objects, uploaded
from tests.make import Make, Person
from tests.post_office import PostOffice

LATER = timedelta(hours=3)


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def put(storage: Storage, key: str) -> None:
    await storage.put(key, pieces(b"larks"), media_type="text/plain", disposition="attachment")


async def sweep(post_office: PostOffice, *, later: timedelta = LATER) -> None:
    """Run the sweep that comes next, `later`."""
    with time_machine.travel(now() + later, tick=True):
        async with post_office.engine.database.writing() as session:
            for one in post_office.engine.sweeps:
                if one.name == "files":
                    await one.run(session)
        await post_office.deliver()


def ours(make: Make, coach: Person) -> list[Path]:
    return [path for path in objects(make) if str(coach.workspace_id) in str(path)]


async def test_an_object_nobody_knows_of_goes(make: Make, post_office: PostOffice, coach: Person):
    file = await uploaded(coach)
    [known] = ours(make, coach)
    await put(make.runtime.storage, f"{coach.workspace_id}/unknown")
    await sweep(post_office, later=timedelta(hours=1))
    assert len(ours(make, coach)) == 2

    await sweep(post_office)
    assert ours(make, coach) == [known]
    assert (await coach.http.get(f"/v1/files/{file['id']}/content")).content == samples.PDF


async def test_thumbnails_and_other_practices_stay(
    make: Make, post_office: PostOffice, coach: Person
):
    other = await make.coach()
    for person in (coach, other):
        await uploaded(person, samples.photo(600, 600), "photo.jpg")
    await post_office.deliver()
    await sweep(post_office)

    assert (len(ours(make, coach)), len(ours(make, other))) == (2, 2)


@pytest.mark.parametrize("stored", [True, False])
async def test_an_upload_whose_process_was_killed_leaves_nothing(
    make: Make, post_office: PostOffice, coach: Person, *, stored: bool
):
    """Before the last step the row is pending; the object is whole, in pieces, or not there."""
    await uploaded(coach)
    key = f"{coach.workspace_id}/begun"
    async with make.runtime.database.writing(coach.workspace_id) as session:
        file = File(workspace_id=coach.workspace_id, side="member", name="begun.pdf")
        session.add(file)
        await session.flush()
        session.add(FileVersion(workspace_id=coach.workspace_id, file_id=file.id, storage_key=key))
    if stored:
        await put(make.runtime.storage, key)
    else:
        unfinished = make.runtime.settings.data_dir / "files" / f"{key}#1"
        unfinished.write_bytes(b"half")
    assert await listed(coach) == ["plan.pdf"]
    await sweep(post_office, later=timedelta(hours=1))
    assert len(ours(make, coach)) == 2

    await sweep(post_office)
    assert len(ours(make, coach)) == 1
    assert await rows(make, coach) == 1


async def rows(make: Make, coach: Person) -> int:
    async with make.runtime.database.reading(coach.workspace_id) as session:
        found = await session.scalars(
            select(FileVersion.id).where(FileVersion.workspace_id == coach.workspace_id)
        )
        return len(found.all())


async def test_what_a_deleted_contact_left_goes(
    make: Make, post_office: PostOffice, coach: Person, client: Person
):
    await uploaded(client)
    removed = await coach.http.delete(f"/v1/contacts/{client.contact_id}")
    assert removed.status_code == 204
    await sweep(post_office)

    assert ours(make, coach) == []
    assert (await coach.http.get("/v1/files/usage")).json()["used_bytes"] == 0


async def test_bytes_are_counted_anew(make: Make, post_office: PostOffice, coach: Person):
    await uploaded(coach)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await session.execute(
            update(FileUsage)
            .where(FileUsage.workspace_id == coach.workspace_id)
            .values(bytes=999_999)
        )
    await sweep(post_office)

    used = (await coach.http.get("/v1/files/usage")).json()["used_bytes"]
    assert used == len(samples.PDF)


async def test_what_is_missing_is_told_in_the_log(
    make: Make, post_office: PostOffice, coach: Person
):
    await uploaded(coach)
    [known] = ours(make, coach)
    known.unlink()
    with capture_logs() as lines:
        await sweep(post_office)

    assert [line["count"] for line in lines if line["event"] == "file_objects_missing"] == [1]
    assert await listed(coach) == ["plan.pdf"]
