"""How much there may be: of one file, and of all files of a practice."""

from collections.abc import AsyncIterator

from tests import file_samples as samples
from tests.features.files.conftest import Resettle
from tests.features.files.uploads import code, listed, new_version, objects, upload, uploaded
from tests.make import Make, Person

LIMIT = 200_000


async def pieces(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 1000):
        yield b"larks over the lake " * 50


async def test_a_file_has_so_many_bytes(make: Make, coach: Person, resettle: Resettle):
    resettle(file_size_limit=LIMIT)
    before = objects(make)
    fits = await upload(coach, b"x" * LIMIT, "fits.txt")
    announced = await upload(coach, b"x" * (LIMIT + 1), "over.txt")
    counted = await upload(coach, pieces(LIMIT + 1000), "over.txt")
    form = await coach.http.post("/v1/files", files={"f": ("over.txt", b"x" * (LIMIT + 1))})

    assert fits.status_code == 201
    assert code(announced) == code(counted) == code(form) == (413, "file_too_large")
    assert counted.headers["Connection"] == "close"
    assert await listed(coach) == ["fits.txt"]
    assert len(objects(make)) == len(before) + 1


async def test_a_body_beyond_any_file_is_refused_by_its_length(coach: Person):
    answer = await coach.http.post(
        "/v1/files?name=a.txt", content=b"x", headers={"Content-Length": str(10**9)}
    )

    assert code(answer) == (413, "body_too_large")


async def test_other_paths_take_no_more_than_before(coach: Person):
    answer = await coach.http.post("/v1/contacts", content=b" " * 1_100_000)

    assert code(answer) == (413, "body_too_large")


async def test_a_practice_has_so_many_bytes(make: Make, coach: Person, resettle: Resettle):
    resettle(file_quota=LIMIT)
    first = await uploaded(coach, b"x" * 150_000, "first.txt")
    before = objects(make)
    announced = await upload(coach, b"x" * 60_000, "second.txt")
    counted = await upload(coach, pieces(60_000), "second.txt")
    version = await new_version(coach, first, b"x" * 60_000)

    assert code(announced) == code(counted) == code(version) == (413, "storage_full")
    assert objects(make) == before
    assert await _usage(coach) == 150_000

    await coach.http.delete(f"/v1/files/{first['id']}")
    assert await _usage(coach) == 0
    assert (await upload(coach, b"x" * 150_000, "third.txt")).status_code == 201


async def test_versions_count_and_other_practices_do_not(make: Make, coach: Person):
    file = await uploaded(coach)
    await new_version(coach, file, samples.PDF)

    assert await _usage(coach) == 2 * len(samples.PDF)
    assert await _usage(await make.coach()) == 0


async def _usage(coach: Person) -> int:
    used: int = (await coach.http.get("/v1/files/usage")).json()["used_bytes"]
    return used
