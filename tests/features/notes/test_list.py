"""Finding notes: newest first, page by page, by what they are attached to and what they say."""

import pytest

from app.core.db import Database
from app.models import Note
from tests.features.notes.writing import base, listed, pair, write, write_by
from tests.make import Make
from tests.repositories.watching import watch


async def test_the_newest_come_first_page_by_page(make: Make):
    people = await pair(make)
    for number in range(5):
        await write_by(people.client, people, title=str(number))
    whole = await listed(people.client)
    assert whole == ["4", "3", "2", "1", "0"]
    page = (await people.client.http.get("/v1/portal/notes", params={"limit": 3})).json()
    assert page["has_more"]
    rest = await listed(people.client, limit=3, cursor=page["next_cursor"])
    assert [note["title"] for note in page["data"]] + rest == whole


@pytest.mark.parametrize("cursor", ["x", "WyJuYW1lIl0", ""])
async def test_a_cursor_of_ones_own_making_is_refused(make: Make, cursor: str):
    people = await pair(make)
    for person in (people.coach, people.client):
        answer = await person.http.get(base(person), params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


async def test_a_list_shows_what_reading_shows(make: Make):
    people = await pair(make)
    note = await write_by(people.coach, people)
    assert (await people.coach.http.get("/v1/notes")).json()["data"] == [note]


async def test_each_filter_narrows_it_down(make: Make):
    people = await pair(make)
    other = await make.contact(workspace_id=people.coach.workspace_id)
    await write(people.coach, other.id, title="other's")
    await write_by(people.coach, people, title="mine")
    await write_by(people.coach, people, title="ours", share=True)
    await write_by(people.client, people, title="theirs", share=True)
    about = {"contact_id": people.client.contact_id}
    assert await listed(people.coach) == ["theirs", "ours", "mine", "other's"]
    assert await listed(people.coach, **about) == ["theirs", "ours", "mine"]
    assert await listed(people.coach, **about, shared=False) == ["mine"]
    assert await listed(people.coach, shared=True, written_by="member") == ["ours"]
    assert await listed(people.client) == ["theirs", "ours"]
    assert await listed(people.client, written_by="member") == ["ours"]


async def test_every_word_of_a_search_is_found_in_title_or_body(make: Make):
    people = await pair(make)
    await write_by(people.coach, people, title="Élan", body="Ein **Größerer** Plan, 100%_sure\\")
    await write_by(people.coach, people, title="Else", body="Nothing of that")
    for found in ("élan", "PLAN größer", "100%_", "sure\\", "ÉLAN plan"):
        assert await listed(people.coach, search=found) == ["Élan"], found
    for missed in ("plan owl", "100_%", "1%s"):
        assert await listed(people.coach, search=missed) == [], missed


@pytest.mark.parametrize("wrong", [{"shared": "maybe"}, {"written_by": "me"}, {"page": 2}])
async def test_what_no_list_knows_is_refused(make: Make, wrong: dict[str, str]):
    people = await pair(make)
    for person in (people.coach, people.client):
        assert (await person.http.get(base(person), params=wrong)).status_code == 422


async def test_a_client_can_not_ask_about_another(make: Make):
    people = await pair(make)
    query = {"contact_id": str(people.client.contact_id)}
    assert (await people.client.http.get("/v1/portal/notes", params=query)).status_code == 422


@pytest.mark.parametrize("query", ["limit=100", "limit=100&search=larks&shared=false"])
@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_hundred_notes_cost_no_more_than_one(
    make: Make, database: Database, side: str, query: str
):
    people = await pair(make)
    person = getattr(people, side)
    await write_by(person, people)
    url = f"{base(person)}?{query}"
    await person.http.get(url)
    with watch(database.engine) as first:
        await person.http.get(url)
    async with database.writing(people.coach.workspace_id) as session:
        for number in range(99):
            row = {"side": "client" if person.contact_id else "member", "body": "larks"}
            about = {"contact_id": people.client.contact_id, "title": str(number)}
            session.add(Note(workspace_id=people.coach.workspace_id, **about, **row))
    with watch(database.engine) as second:
        answer = await person.http.get(url)
    assert len(answer.json()["data"]) == 100
    assert len(first) == len(second) == 1
