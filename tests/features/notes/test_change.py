"""Changing a note: by its own side, and never over somebody else's words."""

import pytest

from tests.features.notes.writing import act, edit, pair, read, write_by
from tests.make import Make


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_its_own_side_changes_it(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    note = await write_by(author, people)
    changed = await edit(author, note, title="Wednesday", body="**Owls** now.")
    assert changed.status_code == 200, changed.text
    assert changed.json()["title"] == "Wednesday"
    assert changed.json()["body_html"] == "<p><strong>Owls</strong> now.</p>"
    assert changed.json()["version"] == note["version"] + 1
    assert (await read(author, note)).json() == changed.json()


async def test_what_is_left_out_stays(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people)
    changed = (await edit(people.coach, note, title="Wednesday")).json()
    assert (changed["body"], changed["body_html"]) == (note["body"], note["body_html"])


async def test_the_same_again_is_no_change(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people)
    assert (await edit(people.coach, note, title=note["title"])).json() == note


@pytest.mark.parametrize("field", ["title", "body"])
async def test_words_can_not_be_null(make: Make, field: str):
    people = await pair(make)
    note = await write_by(people.client, people)
    assert (await edit(people.client, note, **{field: None})).status_code == 422


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_without_a_version_nothing_is_changed(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    note = await write_by(author, people)
    answer = await edit(author, note, None, title="Wednesday")
    assert (answer.status_code, answer.json()["code"]) == (428, "version_required")
    assert (await read(author, note)).json() == note


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_of_two_tabs_the_second_is_refused(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    note = await write_by(author, people)
    tag = (await read(author, note)).headers["ETag"]
    first = await edit(author, note, tag, title="First")
    second = await edit(author, note, tag, title="Second")
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.headers["ETag"].startswith('"v2')
    assert (await read(author, note)).json()["title"] == "First"


async def test_being_read_gets_in_no_editors_way(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people, share=True)
    tag = (await read(people.coach, note)).headers["ETag"]
    await read(people.client, note)
    assert (await edit(people.coach, note, tag, title="Later")).status_code == 200


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_the_other_side_may_read_a_shared_note_and_no_more(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    other = people.client if author is people.coach else people.coach
    note = await write_by(author, people, share=True)
    assert not (await read(other, note)).json()["can_edit"]
    answers = [
        await edit(other, note, title="Mine"),
        await act(other, note, "unshare"),
        await act(other, note, "share"),
        await other.http.delete(f"/v1/{'portal/' if other.contact_id else ''}notes/{note['id']}"),
    ]
    refusals = {(answer.status_code, answer.json()["code"]) for answer in answers}
    assert refusals == {(403, "not_your_note")}
    assert (await read(author, note)).json()["title"] == note["title"]


async def test_any_member_of_the_team_looks_after_its_notes(make: Make):
    people = await pair(make)
    colleague = await make.coach(role="assistant", workspace_id=people.coach.workspace_id)
    note = await write_by(people.coach, people)
    assert (await edit(colleague, note, title="Tidied")).status_code == 200
    assert (await read(people.coach, note)).json()["author"] == note["author"]


async def test_only_changes_of_shared_notes_are_told(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people)
    await edit(people.coach, note, title="Draft")
    await act(people.coach, note, "share")
    await edit(people.coach, note, title="Final")
    log = (await people.coach.http.get("/v1/events")).json()["data"]
    told = [(event["type"], event["data"]) for event in log if event["type"].startswith("note.")]
    assert told == [
        ("note.updated", {"side": "member", "changed": ["title"]}),
        ("note.shared", {"side": "member"}),
    ]
