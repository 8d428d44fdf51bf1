"""Files that assignments give, and files that are handed in."""

from typing import Any
from uuid import uuid4

import pytest

from tests import file_samples as samples
from tests.features.assignments.tasks import act, base, edit, give, given, pair, read
from tests.features.files.uploads import base as files_of
from tests.features.files.uploads import code, content_of, listed, new_version, uploaded
from tests.make import Make, Person


async def file_of(person: Person, name: str = "sheet.pdf") -> dict[str, Any]:
    """A file that nobody of the other side sees so far."""
    return await uploaded(person, name=name, **({"share": False} if person.contact_id else {}))


async def sees(person: Person, file: dict[str, Any]) -> bool:
    """Whether a person finds a file, by each of the ways there are."""
    url = f"{files_of(person)}/{file['id']}"
    found = {(await person.http.get(f"{url}{part}")).is_success for part in ("", "/content")}
    found.add(file["name"] in await listed(person))
    assert len(found) == 1
    return found.pop()


def names(holder: dict[str, Any]) -> list[str]:
    return [file["name"] for file in holder["attachments"]]


async def handed_in(person: Person, task: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await person.http.get(f"{base(person)}/{task['id']}/submissions")
    submissions: list[dict[str, Any]] = answer.json()["submissions"]
    return submissions


async def test_each_contact_sees_what_their_assignment_gives(make: Make):
    coach, ada = await pair(make)
    bob = await make.client(workspace_id=coach.workspace_id)
    eve = await make.client(workspace_id=coach.workspace_id)
    files = [await file_of(coach, name) for name in ("b.pdf", "a.pdf")]
    assert not await sees(ada, files[0])
    ids = [file["id"] for file in files]
    tasks = (await give(coach, [ada.contact_id, bob.contact_id], file_ids=ids)).json()
    assert [names(task) for task in tasks["assignments"]] == [["b.pdf", "a.pdf"]] * 2
    assert await sees(ada, files[0])
    assert await sees(bob, files[1])
    assert not await sees(eve, files[0])
    assert (await read(ada, tasks["assignments"][0])).json() == tasks["assignments"][0]


async def test_they_are_seen_until_they_are_taken_off(make: Make):
    coach, client = await pair(make)
    first, second = await file_of(coach, "1.pdf"), await file_of(coach, "2.pdf")
    task = await given(coach, client, file_ids=[first["id"]])
    changed = (await edit(coach, task, file_ids=[second["id"]])).json()
    assert (names(changed), changed["version"]) == (["2.pdf"], task["version"] + 1)
    assert not await sees(client, first)
    assert await sees(client, second)
    assert (await edit(coach, task, file_ids=[second["id"]])).json() == changed
    assert code(await coach.http.delete(f"/v1/files/{second['id']}")) == (409, "file_in_use")


async def test_what_is_taken_back_takes_its_files_along(make: Make):
    coach, client = await pair(make)
    file = await file_of(coach)
    task = await given(coach, client, file_ids=[file["id"]])
    mine = await file_of(client, "mine.pdf")
    await act(client, task, "submissions", file_ids=[mine["id"]])
    assert names((await act(coach, task, "cancel")).json()) == ["sheet.pdf"]
    assert not await sees(client, file)
    assert names((await read(client, task)).json()) == []
    assert await sees(coach, mine)  # handed in is handed in


async def test_it_stays_once_completed(make: Make):
    coach, client = await pair(make)
    file = await file_of(coach)
    task = await given(coach, client, file_ids=[file["id"]])
    await act(coach, task, "complete")
    assert await sees(client, file)
    assert names((await read(client, task)).json()) == ["sheet.pdf"]


async def test_each_submission_keeps_its_files(make: Make):
    coach, client = await pair(make)
    stranger = await make.client(workspace_id=coach.workspace_id)
    task = await given(coach, client)
    first, second = await file_of(client, "1.pdf"), await file_of(client, "2.pdf")
    assert not await sees(coach, first)
    await act(client, task, "submissions", text="Here", file_ids=[first["id"]])
    assert await sees(coach, first)
    await act(coach, task, "return", comment="And the rest?")
    await act(client, task, "submissions", file_ids=[second["id"], first["id"]])
    for person in (coach, client):
        kept = await handed_in(person, task)
        assert [(one["text"], names(one)) for one in kept] == [
            ("", ["2.pdf", "1.pdf"]),
            ("Here", ["1.pdf"]),
        ]
    assert await sees(coach, second)
    assert not await sees(stranger, first)
    refused = await client.http.delete(f"/v1/portal/files/{first['id']}")
    assert code(refused) == (409, "file_in_use")


async def test_what_is_handed_in_stays_as_it_was(make: Make):
    coach, client = await pair(make)
    task, file = await given(coach, client), await file_of(client)
    assert (await new_version(client, file, samples.PDF + b"2")).status_code == 201
    await act(client, task, "submissions", file_ids=[file["id"]])
    refused = await new_version(client, file, samples.PDF + b"3")
    assert code(refused) == (409, "file_handed_in")
    assert await content_of(coach, file) == samples.PDF + b"2"


async def test_the_same_files_twice_are_handed_in_once(make: Make):
    coach, client = await pair(make)
    task = await given(coach, client)
    file, other = await file_of(client), await file_of(client)
    answers = [await act(client, task, "submissions", file_ids=[file["id"]]) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    more = await act(client, task, "submissions", file_ids=[other["id"]])
    assert code(more) == (409, "assignment_state")
    assert len(await handed_in(coach, task)) == 1


async def test_something_must_be_handed_in(make: Make):
    coach, client = await pair(make)
    task = await given(coach, client)
    for nothing in ({"text": ""}, {"text": "", "file_ids": []}):
        refused = await act(client, task, "submissions", **nothing)
        assert refused.status_code == 422


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_only_ones_own_files_can_be_given(make: Make, side: str):
    coach, client = await pair(make)
    author, other = (coach, client) if side == "coach" else (client, coach)
    task = await given(coach, client)
    neighbour = await make.client(workspace_id=coach.workspace_id)
    shown = await uploaded(other)
    elsewhere = await uploaded(await make.coach())
    theirs = [shown["id"], elsewhere["id"], (await file_of(neighbour))["id"], str(uuid4())]
    own = await file_of(author)
    for file_id in theirs:
        ids = [own["id"], file_id]
        if author is coach:
            answers = [
                await give(coach, [client.contact_id], file_ids=ids),
                await edit(coach, task, file_ids=ids),
            ]
        else:
            answers = [await act(client, task, "submissions", file_ids=ids)]
        for refused in answers:
            assert code(refused)[0] == 422
            [error] = refused.json()["errors"]
            assert (error["code"], error["pointer"]) == ("unknown_file", "/file_ids/1")
    assert (await read(coach, task)).json() == task
    assert len((await coach.http.get("/v1/assignments")).json()["data"]) == 1
