"""Downloads: whole, in part, or not again; and never anything a browser would run."""

import pytest

from tests import file_samples as samples
from tests.features.files.uploads import code, objects, uploaded
from tests.make import Make, Person
from tests.pictures import png

TEXT = bytes(range(32, 127)) * 30_000
"""Some megabytes: more than one piece."""


@pytest.fixture
async def url(coach: Person) -> str:
    file = await uploaded(coach, TEXT, "notes.txt")
    return f"/v1/files/{file['id']}/content"


async def test_headers_make_it_harmless(coach: Person, url: str):
    answer = await coach.http.get(url)

    assert answer.content == TEXT
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Content-Length"] == str(len(TEXT))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("content", "name", "shown"),
    [
        (png(), "dot.png", "inline"),
        (samples.PDF, "plan.pdf", "inline"),
        (samples.TEXT, "a.txt", "attachment"),
        (samples.office(), "plan.docx", "attachment"),
        (samples.MP4, "film.mp4", "attachment"),
    ],
)
async def test_only_pictures_and_pdfs_open_in_place(
    coach: Person, content: bytes, name: str, shown: str
):
    file = await uploaded(coach, content, name)
    answer = await coach.http.get(f"/v1/files/{file['id']}/content")

    assert answer.headers["Content-Disposition"].partition(";")[0] == shown


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-9", 5, 10),
        ("bytes=1048570-1048580", 1_048_570, 1_048_581),
        (f"bytes={len(TEXT) - 3}-", len(TEXT) - 3, len(TEXT)),
        ("bytes=-7", len(TEXT) - 7, len(TEXT)),
        (f"bytes=10-{len(TEXT) * 9}", 10, len(TEXT)),
        (f"bytes=-{len(TEXT) * 9}", 0, len(TEXT)),
        ("Bytes = 5-9", 5, 10),
    ],
)
async def test_a_part_may_be_asked_for(coach: Person, url: str, asked: str, start: int, end: int):
    answer = await coach.http.get(url, headers={"Range": asked})

    assert answer.status_code == 206
    assert answer.content == TEXT[start:end]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(TEXT)}"
    assert answer.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=0-1,5-9", "lines=1-2", "bytes=", "bytes=-", "bytes=a-b", "-1"]
)
async def test_what_is_no_single_part_is_ignored(coach: Person, url: str, asked: str):
    answer = await coach.http.get(url, headers={"Range": asked})

    assert answer.status_code == 200
    assert len(answer.content) == len(TEXT)


@pytest.mark.parametrize("asked", [f"bytes={len(TEXT)}-", "bytes=-0", "bytes=9999999999-"])
async def test_a_part_beyond_the_end_does_not_exist(coach: Person, url: str, asked: str):
    answer = await coach.http.get(url, headers={"Range": asked})

    assert code(answer) == (416, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{len(TEXT)}"


async def test_a_part_of_another_content_is_not_sent(coach: Person, url: str):
    tag = (await coach.http.get(url)).headers["ETag"]
    same = await coach.http.get(url, headers={"Range": "bytes=0-4", "If-Range": tag})
    other = await coach.http.get(url, headers={"Range": "bytes=0-4", "If-Range": '"other"'})

    assert (same.status_code, len(same.content)) == (206, 5)
    assert (other.status_code, len(other.content)) == (200, len(TEXT))


async def test_who_has_it_already_is_told_so(coach: Person, url: str):
    tag = (await coach.http.get(url)).headers["ETag"]
    answer = await coach.http.get(url, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["ETag"] == tag


async def test_head_tells_without_reading(make: Make, coach: Person, url: str):
    for path in objects(make):
        if str(coach.workspace_id) in str(path):
            path.unlink()
    answer = await coach.http.head(url, headers={"Range": "bytes=0-4"})

    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(TEXT))


async def test_content_that_was_lost_is_not_a_crash(make: Make, coach: Person, url: str):
    for path in objects(make):
        if str(coach.workspace_id) in str(path):
            path.unlink()

    assert code(await coach.http.get(url)) == (503, "storage_unavailable")
