"""Renaming files and letting them go."""

from typing import Any

import pytest

from tests.features.files.uploads import base, code, listed, new_version, objects, uploaded
from tests.make import Make, Person
from tests.post_office import PostOffice


async def rename(person: Person, file: dict[str, Any], name: str, **headers: str) -> Any:
    return await person.http.patch(
        f"{base(person)}/{file['id']}", json={"name": name}, headers=headers
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Voice", "Voice.pdf"),
        ("Voice.pdf", "Voice.pdf"),
        ("Voice.PDF", "Voice.pdf"),
        ("Voice.exe", "Voice.exe.pdf"),
        ("../Voice", "Voice.pdf"),
        ("x" * 150, "x" * 146 + ".pdf"),
    ],
)
@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_file_is_renamed_and_stays_what_it_is(
    coach: Person, client: Person, side: str, given: str, kept: str
):
    author = {"coach": coach, "client": client}[side]
    file = await uploaded(author)
    answer = await rename(author, file, given)

    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == kept
    assert answer.json()["version"] == file["version"] + (kept != "plan.pdf")


async def test_a_name_of_nothing_is_refused(coach: Person):
    file = await uploaded(coach)

    assert code(await rename(coach, file, "...")) == (422, "file_name_missing")
    assert (await rename(coach, file, "a\nb")).status_code == 422


async def test_an_old_tag_is_refused(coach: Person):
    file = await uploaded(coach)
    tag = (await coach.http.get(f"/v1/files/{file['id']}")).headers["ETag"]
    first = await rename(coach, file, "first", **{"If-Match": tag})
    second = await rename(coach, file, "second", **{"If-Match": tag})

    assert (first.status_code, second.status_code) == (200, 412)


async def test_nothing_to_change_changes_nothing(coach: Person):
    file = await uploaded(coach)
    answer = await coach.http.patch(f"/v1/files/{file['id']}", json={})

    assert answer.json() == file


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_deleted_file_is_gone_with_all_it_held(
    make: Make, post_office: PostOffice, coach: Person, client: Person, side: str
):
    author = {"coach": coach, "client": client}[side]
    before = objects(make)
    file = await uploaded(author)
    await new_version(author, file, b"%PDF-1.7 second")
    url = f"{base(author)}/{file['id']}"
    removed = await author.http.delete(url)

    assert removed.status_code == 204
    assert (await author.http.get(url)).status_code == 404
    assert (await author.http.get(f"{url}/content")).status_code == 404
    assert await listed(author) == []
    assert (await coach.http.get("/v1/files/usage")).json()["used_bytes"] == 0
    await post_office.deliver()
    assert objects(make) == before


async def test_the_team_may_remove_what_a_client_shares(coach: Person, client: Person):
    file = await uploaded(client)

    assert (await coach.http.delete(f"/v1/files/{file['id']}")).status_code == 204
    assert await listed(client) == []


async def test_a_client_removes_nothing_of_the_coachs(coach: Person, client: Person):
    file = await uploaded(coach, contact_id=client.contact_id)

    assert code(await client.http.delete(f"/v1/portal/files/{file['id']}")) == (
        403,
        "not_your_file",
    )
    assert code(await rename(client, file, "mine")) == (403, "not_your_file")
    assert await listed(coach) == ["plan.pdf"]
