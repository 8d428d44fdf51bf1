"""Talking about a note: in order, page by page, seen by both."""

from typing import Any

import pytest

from app.core.db import Database
from app.models import Comment
from tests.features.comments.speaking import heard, say, shared_note, thread, try_to_say
from tests.features.notes.writing import pair, read
from tests.make import Make
from tests.repositories.watching import watch


async def test_both_sides_read_who_said_what_in_order(make: Make):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    note = await shared_note(people)
    said = [
        await say(people.client, note, "I *liked* that."),
        await say(people.coach, note, "So did I."),
    ]
    me = (await people.coach.http.get("/v1/me")).json()
    assert said[0]["author"] == {"side": "client", "member_id": None, "name": "Ada Lovelace"}
    assert said[1]["author"] == {
        "side": "member",
        "member_id": str(people.coach.member_id),
        "name": me["name"],
    }
    assert said[0]["body_html"] == "<p>I <em>liked</em> that.</p>"
    for person in (people.coach, people.client):
        comments = await heard(person, note)
        assert [comment["body"] for comment in comments] == ["I *liked* that.", "So did I."]
        assert [comment["can_edit"] for comment in comments] == [
            person is people.client,
            person is people.coach,
        ]


async def test_a_note_says_how_many_there_are(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    tag = (await read(people.coach, note)).headers["ETag"]
    await say(people.client, note, "One")
    await say(people.coach, note, "Two")
    now = await read(people.coach, note)
    assert now.json()["comment_count"] == 2
    assert now.headers["ETag"] != tag


async def test_a_long_thread_is_read_page_by_page_from_either_end(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    for number in range(5):
        await say(people.client, note, str(number))
    for sort, wanted in (("created_at", "01234"), ("-created_at", "43210")):
        query: dict[str, Any] = {"sort": sort, "limit": 3}
        first = (await people.coach.http.get(thread(people.coach, note), params=query)).json()
        rest = await heard(people.coach, note, cursor=first["next_cursor"], **query)
        assert "".join(comment["body"] for comment in [*first["data"], *rest]) == wanted


async def test_a_cursor_of_the_other_order_is_refused(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    for number in range(3):
        await say(people.client, note, str(number))
    url = thread(people.coach, note)
    first = (await people.coach.http.get(url, params={"limit": 1})).json()
    query = {"cursor": first["next_cursor"], "sort": "-created_at"}
    answer = await people.coach.http.get(url, params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 5001, "bell \x07", None, 5])
async def test_there_is_something_to_say_and_an_end_to_it(make: Make, body: str):
    people = await pair(make)
    note = await shared_note(people)
    for person in (people.coach, people.client):
        assert (await try_to_say(person, note, body)).status_code == 422
    assert await heard(people.coach, note) == []


async def test_nothing_dangerous_survives(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    text = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](https://evil.test/1.png)"
    html = (await say(people.client, note, text))["body_html"]
    assert "<img" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_a_hundred_comments_cost_no_more_than_one(make: Make, database: Database, side: str):
    people = await pair(make)
    person = getattr(people, side)
    note = await shared_note(people)
    await say(person, note, "One")
    url = f"{thread(person, note)}?limit=100"
    with watch(database.engine) as first:
        await person.http.get(url)
    async with database.writing(people.coach.workspace_id) as session:
        for _number in range(99):
            session.add(
                Comment(
                    workspace_id=people.coach.workspace_id,
                    contact_id=people.client.contact_id,
                    subject_kind="note",
                    subject_id=note["id"],
                    side="client" if person.contact_id else "member",
                    body="More",
                    body_html="<p>More</p>",
                )
            )
    with watch(database.engine) as second:
        assert len(await heard(person, note, limit=100)) == 100
    assert len(first) == len(second) == 2
