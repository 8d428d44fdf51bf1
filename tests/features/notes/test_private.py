"""A private note does not exist for the other side, by whichever route it is looked for."""

from typing import Any

import pytest

from tests.features.notes.writing import Pair, act, base, edit, listed, pair, read, write_by
from tests.make import Make, Person
from tests.post_office import PostOffice

SECRET = "zephyr"

SIDES = ["coach", "client"]


def two_of(people: Pair, side: str) -> tuple[Person, Person]:
    """Who writes, and who must not see it."""
    author = getattr(people, side)
    return author, people.client if author is people.coach else people.coach


async def secret_note(author: Person, people: Pair) -> dict[str, Any]:
    return await write_by(author, people, title=f"My {SECRET}", body=f"About my {SECRET}")


async def told_to_the_team(coach: Person, people: Pair) -> str:
    """All that the practice's own pages say of what happened."""
    pages = ["/v1/events", "/v1/emails", f"/v1/contacts/{people.client.contact_id}/timeline"]
    return "".join([(await coach.http.get(page)).text for page in pages])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("history", ["never shared", "taken back"])
async def test_it_is_not_there(make: Make, side: str, history: str):
    people = await pair(make)
    author, other = two_of(people, side)
    note = await secret_note(author, people)
    if history == "taken back":
        await act(author, note, "share")
        await read(other, note)
        await act(author, note, "unshare")
    before = (await read(author, note)).json()
    url = f"{base(other)}/{note['id']}"
    answers = [
        await other.http.get(url),
        await edit(other, note, title="Mine"),
        await other.http.delete(url),
        await act(other, note, "share"),
        await act(other, note, "unshare"),
        await act(other, note, "seen"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert (await read(author, note)).json() == before


@pytest.mark.parametrize("side", SIDES)
async def test_no_list_and_no_search_finds_it(make: Make, side: str):
    people = await pair(make)
    author, other = two_of(people, side)
    await secret_note(author, people)
    for query in ({}, {"search": SECRET}, {"shared": False}, {"written_by": "client"}):
        assert await listed(other, **query) == []
    if other is people.coach:
        assert await listed(other, contact_id=people.client.contact_id) == []


@pytest.mark.parametrize("side", SIDES)
async def test_it_mails_nobody(make: Make, post_office: PostOffice, side: str):
    people = await pair(make)
    author, _ = two_of(people, side)
    note = await secret_note(author, people)
    await edit(author, note, body="Still mine")
    await author.http.delete(f"{base(author)}/{note['id']}")
    assert await post_office.deliver() == []


async def test_nothing_tells_the_team_of_a_clients_own_note(make: Make):
    people = await pair(make)
    note = await secret_note(people.client, people)
    await edit(people.client, note, title=f"Another {SECRET}")
    await people.client.http.delete(f"/v1/portal/notes/{note['id']}")
    told = await told_to_the_team(people.coach, people)
    assert note["id"] not in told
    assert SECRET not in told
    assert "note." not in told


async def test_nothing_holds_its_words_once_it_was_taken_back(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await secret_note(people.client, people)
    await act(people.client, note, "share")
    await post_office.deliver()
    [email] = (await people.coach.http.get("/v1/emails")).json()["data"]
    preview = f"/v1/emails/{email['id']}/preview"
    assert SECRET in (await people.coach.http.get(preview)).text

    await act(people.client, note, "unshare")

    gone = await people.coach.http.get(preview)
    assert (gone.status_code, SECRET in gone.text) == (410, False)
    assert SECRET not in await told_to_the_team(people.coach, people)
    key = {"Idempotency-Key": "once more"}
    again = await people.coach.http.post(f"/v1/emails/{email['id']}/resend", headers=key)
    assert (again.status_code, again.json()["code"]) == (409, "link_dead")


async def test_another_client_of_the_practice_sees_neither_kind(make: Make):
    people = await pair(make)
    other = await make.client(workspace_id=people.coach.workspace_id)
    for author in (people.coach, people.client):
        for shared in (False, True):
            note = await write_by(author, people, share=shared)
            url = f"/v1/portal/notes/{note['id']}"
            answers = [
                await other.http.get(url),
                await edit(other, note, title="Mine"),
                await other.http.delete(url),
                *[await act(other, note, verb) for verb in ("share", "unshare", "seen")],
            ]
            assert {answer.status_code for answer in answers} == {404}
    assert await listed(other) == []


async def test_another_practice_sees_nothing(make: Make):
    people, stranger = await pair(make), await make.coach()
    note = await write_by(people.coach, people, share=True)
    assert (await read(stranger, note)).status_code == 404
    assert await listed(stranger) == await listed(stranger, search="Tuesday") == []
    about = {"contact_id": people.client.contact_id}
    assert await listed(stranger, **about) == []
