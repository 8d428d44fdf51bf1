"""The same over S3: uploads, parts, thumbnails, presigned addresses, deletion and the sweep."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from tests import file_samples as samples
from tests.buckets import BucketServer, running_bucket_server
from tests.features.files.conftest import Resettle
from tests.features.files.test_upkeep import put, sweep
from tests.features.files.uploads import code, content_of, listed, upload, uploaded
from tests.make import Make, Person
from tests.post_office import PostOffice

LARGE = bytes(range(32, 127)) * 130_000
"""Twelve megabytes: three parts of a multipart upload."""


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[BucketServer]:
    with running_bucket_server() as server:
        yield server


@pytest.fixture
def dispatcher(bucket_server: BucketServer, resettle: Resettle, tmp_path: Path) -> PostOffice:
    """The app and the dispatcher with a bucket of their own."""
    theirs = bucket_server.settings(tmp_path)
    names = ("url", "endpoint", "region", "access_key_id", "secret_access_key")
    return resettle(**{f"storage_{name}": getattr(theirs, f"storage_{name}") for name in names})


async def keys(make: Make, person: Person) -> list[str]:
    found = make.runtime.storage.objects(str(person.workspace_id))
    return [one.key async for one in found]


async def test_files_go_up_and_come_down(dispatcher: PostOffice, make: Make, coach: Person):
    file = await uploaded(coach, LARGE, "notes.txt")
    part = await coach.http.get(
        f"/v1/files/{file['id']}/content", headers={"Range": "bytes=6000000-6000009"}
    )

    assert await content_of(coach, file) == LARGE
    assert (part.status_code, part.content) == (206, LARGE[6_000_000:6_000_010])
    assert len(await keys(make, coach)) == 1
    await coach.http.delete(f"/v1/files/{file['id']}")
    await dispatcher.deliver()
    assert await keys(make, coach) == []


@pytest.mark.usefixtures("dispatcher")
async def test_what_is_refused_leaves_no_object(make: Make, coach: Person):
    for content, name in [
        (samples.with_macros(), "plan.docx"),
        (samples.picture_bomb(), "huge.png"),
        (LARGE + b"\x00", "notes.txt"),
    ]:
        assert (await upload(coach, content, name)).status_code in {415, 422}
    assert await keys(make, coach) == []
    assert await listed(coach) == []


async def test_thumbnails_are_made_there(dispatcher: PostOffice, make: Make, coach: Person):
    file = await uploaded(coach, samples.photo(900, 600), "photo.jpg")
    await dispatcher.deliver()
    answer = await coach.http.get(f"/v1/files/{file['id']}/thumbnail")

    assert answer.headers["Content-Type"] == "image/webp"
    assert len(await keys(make, coach)) == 2


async def test_the_sweep_removes_what_nobody_knows_of(
    dispatcher: PostOffice, make: Make, coach: Person
):
    await uploaded(coach)
    [known] = await keys(make, coach)
    await put(make.runtime.storage, f"{coach.workspace_id}/unknown")
    await sweep(dispatcher)

    assert await keys(make, coach) == [known]


@pytest.mark.usefixtures("dispatcher")
async def test_links_may_lead_to_the_bucket(make: Make, resettle: Resettle, coach: Person):
    own = make.runtime.settings
    resettle(**{**own.model_dump(exclude={"data_dir"}), "storage_presign": True})
    file = await uploaded(coach, samples.PDF, "Plän.pdf")
    link = (await coach.http.get(f"/v1/files/{file['id']}/link")).json()

    assert link["url"].startswith(str(own.storage_endpoint))
    async with httpx.AsyncClient() as anybody:
        answer = await anybody.get(link["url"])
    assert answer.content == samples.PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "filename*=UTF-8''Pl%C3%A4n.pdf" in answer.headers["Content-Disposition"]


async def test_a_bucket_that_is_away_is_told_so(resettle: Resettle, coach: Person):
    resettle(
        storage_url="s3://nowhere",
        storage_endpoint="http://127.0.0.1:9",
        storage_access_key_id="key",
        storage_secret_access_key=SecretStr("secret"),
    )

    assert code(await upload(coach)) == (503, "storage_unavailable")
    assert await listed(coach) == []
