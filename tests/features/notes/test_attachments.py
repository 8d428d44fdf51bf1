"""Files that hang on notes: the other side sees them through a shared note only."""

from typing import Any
from uuid import uuid4

import pytest

from tests.features.files.uploads import base as files_of
from tests.features.files.uploads import content_of, listed, uploaded
from tests.features.notes.writing import Pair, act, base, edit, pair, read, write_by
from tests.make import Make, Person

SIDES = ["coach", "client"]


def two_of(people: Pair, side: str) -> tuple[Person, Person]:
    """Who writes, and the other."""
    author = getattr(people, side)
    return author, people.client if author is people.coach else people.coach


async def private_file(author: Person, name: str = "plan.pdf") -> dict[str, Any]:
    """A file nobody of the other side sees."""
    return await uploaded(author, name=name, **({"share": False} if author.contact_id else {}))


async def sees(person: Person, file: dict[str, Any]) -> bool:
    """Whether a person finds a file, by each of the ways there are."""
    url = f"{files_of(person)}/{file['id']}"
    found = {(await person.http.get(f"{url}{part}")).is_success for part in ("", "/content")}
    found.add(file["name"] in await listed(person))
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("side", SIDES)
async def test_a_note_tells_of_its_files_in_their_order(make: Make, side: str):
    people = await pair(make)
    author, _ = two_of(people, side)
    files = [await private_file(author, name) for name in ("b.pdf", "a.pdf")]
    note = await write_by(author, people, file_ids=[file["id"] for file in files])
    assert [file["name"] for file in note["attachments"]] == ["b.pdf", "a.pdf"]
    told = {key: files[0][key] for key in ("id", "name", "state", "media_type", "size_bytes")}
    assert note["attachments"][0] == told
    assert (await read(author, note)).json() == note
    assert (await author.http.get(base(author))).json()["data"] == [note]


@pytest.mark.parametrize("side", SIDES)
async def test_a_file_is_seen_while_its_note_is_shared(make: Make, side: str):
    people = await pair(make)
    author, other = two_of(people, side)
    file = await private_file(author)
    note = await write_by(author, people, file_ids=[file["id"]])
    assert not await sees(other, file)
    await act(author, note, "share")
    assert await sees(other, file)
    assert await content_of(other, file) == await content_of(author, file)
    assert (await read(other, note)).json()["attachments"] == note["attachments"]
    await act(author, note, "unshare")
    assert not await sees(other, file)


@pytest.mark.parametrize("side", SIDES)
async def test_a_note_written_to_be_shared_shows_its_files_at_once(make: Make, side: str):
    people = await pair(make)
    author, other = two_of(people, side)
    file = await private_file(author)
    await write_by(author, people, file_ids=[file["id"]], share=True)
    assert await sees(other, file)


async def test_another_client_sees_neither_note_nor_file(make: Make):
    people = await pair(make)
    stranger = await make.client(workspace_id=people.coach.workspace_id)
    for author in (people.coach, people.client):
        file = await private_file(author)
        await write_by(author, people, file_ids=[file["id"]], share=True)
        assert not await sees(stranger, file)


async def test_files_come_and_go_by_changes(make: Make):
    people = await pair(make)
    first, second = [await private_file(people.coach, f"{n}.pdf") for n in range(2)]
    note = await write_by(people.coach, people, file_ids=[first["id"]], share=True)
    changed = (await edit(people.coach, note, file_ids=[second["id"]])).json()
    assert [file["name"] for file in changed["attachments"]] == ["1.pdf"]
    assert changed["version"] == note["version"] + 1
    assert not await sees(people.client, first)
    assert await sees(people.client, second)
    kept = (await edit(people.coach, note, title="Later")).json()
    assert kept["attachments"] == changed["attachments"]
    assert (await edit(people.coach, note, file_ids=[second["id"]])).json() == kept
    none = (await edit(people.coach, note, file_ids=[])).json()
    assert none["attachments"] == []
    assert not await sees(people.client, second)


async def test_two_tabs_do_not_overwrite_each_others_files(make: Make):
    people = await pair(make)
    file = await private_file(people.coach)
    note = await write_by(people.coach, people)
    tag = (await read(people.coach, note)).headers["ETag"]
    assert (await edit(people.coach, note, tag, file_ids=[file["id"]])).status_code == 200
    assert (await edit(people.coach, note, tag, file_ids=[])).status_code == 412


@pytest.mark.parametrize("side", SIDES)
async def test_only_files_of_ones_own_side_hang_on_a_note(make: Make, side: str):
    people = await pair(make)
    author, other = two_of(people, side)
    mine = await private_file(author)
    shown = await write_by(other, people, file_ids=[(await private_file(other))["id"]], share=True)
    elsewhere = await uploaded(await make.coach())
    others = [shown["attachments"][0]["id"], elsewhere["id"], str(uuid4())]
    note = await write_by(author, people)
    for file_id in others:
        refused = await edit(author, note, file_ids=[mine["id"], file_id])
        assert refused.status_code == 422
        [error] = refused.json()["errors"]
        assert (error["code"], error["pointer"]) == ("unknown_file", "/file_ids/1")
    assert (await read(author, note)).json() == note


async def test_a_client_can_not_hang_up_another_clients_file(make: Make):
    people = await pair(make)
    stranger = await make.client(workspace_id=people.coach.workspace_id)
    theirs = await private_file(stranger)
    body = {"title": "Mine now", "file_ids": [theirs["id"]]}
    assert (await people.client.http.post("/v1/portal/notes", json=body)).status_code == 422


async def test_there_is_an_end_to_it(make: Make):
    people = await pair(make)
    body = {"title": "Many", "file_ids": [str(uuid4()) for _ in range(21)]}
    assert (await people.client.http.post("/v1/portal/notes", json=body)).status_code == 422


async def test_a_file_outlives_its_note(make: Make):
    people = await pair(make)
    file = await private_file(people.coach)
    note = await write_by(people.coach, people, file_ids=[file["id"]], share=True)
    await people.coach.http.delete(f"/v1/notes/{note['id']}")
    assert await sees(people.coach, file)
    assert not await sees(people.client, file)
    assert (await people.coach.http.delete(f"/v1/files/{file['id']}")).status_code == 204
