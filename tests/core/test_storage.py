"""Both places files may be kept at do the same: a folder, and an S3 server."""

import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.core.clock import now
from app.core.storage import ObjectMissing, Storage, StorageUnavailable
from app.core.storage_places import open_storage
from app.settings import Settings
from tests.buckets import BucketServer, running_bucket_server


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[BucketServer]:
    """An S3 server for this module."""
    with running_bucket_server() as server:
        yield server


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage of either kind."""
    if request.param == "folder":
        return open_storage(Settings(data_dir=tmp_path))
    server: BucketServer = request.getfixturevalue("bucket_server")
    return open_storage(server.settings(tmp_path))


@pytest.fixture
def bucket(bucket_server: BucketServer, tmp_path: Path) -> Storage:
    return open_storage(bucket_server.settings(tmp_path))


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def broken(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    raise BrokenPipeError("the caller hung up")


async def put(storage: Storage, key: str, *parts: bytes) -> None:
    await storage.put(key, pieces(*parts), media_type="text/plain", disposition="attachment")


def files_under(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def keys(storage: Storage, prefix: str = "w") -> set[str]:
    return {found.key async for found in storage.objects(prefix)}


async def test_what_was_put_is_read_whole_and_in_part(storage: Storage):
    await put(storage, "w/a", b"larks ", b"over the ", b"lake")

    assert await storage.read("w/a", 0, 19) == b"larks over the lake"
    assert await storage.read("w/a", 6, 10) == b"over"


async def test_a_large_object_streams_in_pieces(storage: Storage):
    part = bytes(range(256)) * 4096
    await put(storage, "w/a", *[part] * 7)

    streamed = [piece async for piece in storage.stream("w/a", 100, 7 * len(part))]

    assert b"".join(streamed) == (part * 7)[100:]
    assert max(len(piece) for piece in streamed) <= 1024 * 1024


async def test_it_can_be_opened_as_a_file(storage: Storage, tmp_path: Path):
    archive = tmp_path / "larks.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("larks.txt", "over the lake")
    await put(storage, "w/a", archive.read_bytes())

    with zipfile.ZipFile(storage.open("w/a", archive.stat().st_size)) as read:
        assert read.read("larks.txt") == b"over the lake"


async def test_what_is_not_there_is_missing(storage: Storage):
    with pytest.raises(ObjectMissing):
        await storage.read("w/none", 0, 1)


async def test_deleting_twice_is_harmless(storage: Storage):
    await put(storage, "w/a", b"x")
    await put(storage, "w/b", b"x")

    await storage.delete(["w/none", "w/a"])
    await storage.delete(["w/a"])

    assert await keys(storage) == {"w/b"}


async def test_listing_stays_in_its_folder(storage: Storage):
    await put(storage, "w/a", b"x")
    await put(storage, "word/b", b"x")

    assert await keys(storage) == {"w/a"}


async def test_an_upload_that_breaks_off_leaves_nothing(storage: Storage, tmp_path: Path):
    with pytest.raises(BrokenPipeError):
        await storage.put(
            "w/a", broken(b"x" * 6_000_000), media_type="text/plain", disposition="attachment"
        )

    assert await keys(storage) == set()
    assert files_under(tmp_path) == []


async def test_an_upload_of_nothing_is_an_empty_object(storage: Storage):
    await put(storage, "w/a")

    assert await keys(storage) == {"w/a"}


ENDLESS_UPLOAD = """
import asyncio, sys
from pathlib import Path
from app.core.storage_places import FolderStorage

async def endless():
    for number in range(2_000_000):
        yield b"x" * 65536
        if number == 200:
            print("under way", flush=True)
            await asyncio.Event().wait()

asyncio.run(FolderStorage(Path(sys.argv[1])).put(
    "w/a", endless(), media_type="text/plain", disposition="attachment"))
"""


def kill_an_upload(folder: Path) -> None:
    command = [sys.executable, "-c", ENDLESS_UPLOAD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"under way\n"
        process.kill()


async def test_what_a_killed_upload_left_can_be_dropped(tmp_path: Path):
    storage = open_storage(Settings(data_dir=tmp_path))
    kill_an_upload(tmp_path / "files")

    assert len(files_under(tmp_path)) == 1
    assert await keys(storage) == set()
    assert await storage.drop_unfinished("w", before=now() - timedelta(hours=1)) == 0
    assert await storage.drop_unfinished("w", before=now() + timedelta(hours=1)) == 1
    assert files_under(tmp_path) == []


async def test_a_bucket_gives_out_addresses_of_its_own(bucket: Storage):
    await bucket.put(
        "w/a", pieces(b"larks"), media_type="image/png", disposition="inline; filename=x.png"
    )
    url = await bucket.presigned("w/a", timedelta(minutes=5))

    assert url
    async with httpx.AsyncClient() as anybody:
        answer = await anybody.get(url)
    assert answer.content == b"larks"
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline; filename=x.png"


async def test_a_folder_has_no_addresses(tmp_path: Path):
    storage = open_storage(Settings(data_dir=tmp_path))

    assert await storage.presigned("w/a", timedelta(minutes=5)) is None


async def test_a_store_that_is_away_says_so(tmp_path: Path):
    nowhere = Settings(
        data_dir=tmp_path,
        storage_url="s3://bucket",
        storage_endpoint="http://127.0.0.1:9",
        storage_access_key_id="key",
        storage_secret_access_key="secret",
    )

    with pytest.raises(StorageUnavailable):
        await open_storage(nowhere).read("w/a", 0, 1)
