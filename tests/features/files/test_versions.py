"""Versions: the newest is the file, the ones before stay with the side they belong to."""

import pytest

from app.features.files import receiving
from tests import file_samples as samples
from tests.features.files.uploads import (
    base,
    code,
    content_of,
    new_version,
    share,
    uploaded,
)
from tests.make import Person

SECOND = samples.PDF + b"second"


async def numbers(person: Person, file: dict[str, object]) -> list[int]:
    answer = await person.http.get(f"{base(person)}/{file['id']}/versions")
    assert answer.status_code == 200, answer.text
    return [version["number"] for version in answer.json()["data"]]


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_new_version_replaces_the_content(coach: Person, client: Person, side: str):
    author = {"coach": coach, "client": client}[side]
    file = await uploaded(author)
    answer = await new_version(author, file, SECOND)

    assert answer.status_code == 201, answer.text
    assert (answer.json()["version_number"], answer.json()["version_count"]) == (2, 2)
    assert answer.json()["name"] == "plan.pdf"
    assert await content_of(author, file) == SECOND
    assert await content_of(author, file, version=1) == samples.PDF
    assert await numbers(author, file) == [2, 1]


async def test_the_other_side_sees_the_current_version_only(coach: Person, client: Person):
    file = await uploaded(coach, contact_id=client.contact_id)
    await new_version(coach, file, SECOND)
    url = f"/v1/portal/files/{file['id']}"

    assert await content_of(client, file) == SECOND
    assert await content_of(client, file, version=2) == SECOND
    assert (await client.http.get(f"{url}/content?version=1")).status_code == 404
    assert (await client.http.get(f"{url}/link?version=1")).status_code == 404
    assert await numbers(client, file) == [2]
    assert (await client.http.get(url)).json()["version_count"] == 1


async def test_another_kind_of_content_changes_the_extension(coach: Person):
    file = await uploaded(coach, samples.PDF, "Plan.pdf")
    answer = await new_version(coach, file, samples.office(), name="anything.docx")

    assert answer.json()["name"] == "Plan.docx"
    assert answer.json()["media_type"].endswith("wordprocessingml.document")


async def test_content_must_match_the_name_it_comes_under(coach: Person):
    file = await uploaded(coach)

    assert code(await new_version(coach, file, samples.TEXT)) == (415, "file_extension_mismatch")
    assert await numbers(coach, file) == [1]


async def test_a_version_that_was_refused_leaves_no_gap(coach: Person):
    file = await uploaded(coach, samples.office(), "plan.docx")
    refused = await new_version(coach, file, samples.with_macros())
    await new_version(coach, file, samples.office())

    assert code(refused) == (415, "file_type_not_allowed")
    assert await numbers(coach, file) == [2, 1]


async def test_only_its_own_side_adds_versions(coach: Person, client: Person):
    theirs = await uploaded(client)
    shown = await uploaded(coach, contact_id=client.contact_id)

    assert code(await new_version(coach, theirs, SECOND)) == (403, "not_your_file")
    assert code(await new_version(client, shown, SECOND)) == (403, "not_your_file")


async def test_a_file_has_so_many_versions(coach: Person, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receiving, "MOST_VERSIONS", 2)
    file = await uploaded(coach)
    await new_version(coach, file, SECOND)

    assert code(await new_version(coach, file, SECOND)) == (409, "too_many_versions")


async def test_versions_come_page_by_page(coach: Person):
    file = await uploaded(coach)
    for _ in range(3):
        await new_version(coach, file, SECOND)
    url = f"/v1/files/{file['id']}/versions"
    first = (await coach.http.get(url, params={"limit": 3})).json()
    rest = (await coach.http.get(url, params={"cursor": first["next_cursor"]})).json()

    assert [version["number"] for version in first["data"] + rest["data"]] == [4, 3, 2, 1]
    assert not rest["has_more"]


async def test_a_version_that_is_none_does_not_exist(coach: Person):
    file = await uploaded(coach)
    answer = await coach.http.get(f"/v1/files/{file['id']}/content?version=7")

    assert answer.status_code == 404


async def test_a_file_that_goes_on_being_shared_shows_its_new_content(
    coach: Person, client: Person
):
    file = await uploaded(coach)
    await share(coach, file, contact_id=str(client.contact_id))
    await new_version(coach, file, SECOND)

    assert await content_of(client, file) == SECOND
