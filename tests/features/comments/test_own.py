"""Changing what one has said, and taking it back: one's own words only."""

import pytest

from tests.features.comments.speaking import (
    heard,
    put_differently,
    say,
    shared_note,
    take_back,
)
from tests.features.notes.writing import act, pair, read
from tests.make import Make

SIDES = ["coach", "client"]


@pytest.mark.parametrize("side", SIDES)
async def test_ones_own_can_be_put_differently(make: Make, side: str):
    people = await pair(make)
    note = await shared_note(people)
    speaker = getattr(people, side)
    comment = await say(speaker, note, "Larks")
    assert comment["edited_at"] is None
    changed = (await put_differently(speaker, comment, "**Owls**")).json()
    assert (changed["body"], changed["body_html"]) == ("**Owls**", "<p><strong>Owls</strong></p>")
    assert changed["edited_at"]
    assert await heard(speaker, note) == [changed]


async def test_the_same_words_are_no_change(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    comment = await say(people.client, note, "Larks")
    assert (await put_differently(people.client, comment, "Larks")).json() == comment


@pytest.mark.parametrize("side", SIDES)
async def test_what_is_taken_back_leaves_its_place_only(make: Make, side: str):
    people = await pair(make)
    note = await shared_note(people)
    speaker = getattr(people, side)
    comment = await say(speaker, note, "Larks")
    assert (await take_back(speaker, comment)).status_code == 204
    for person in (people.coach, people.client):
        [left] = await heard(person, note)
        assert (left["body"], left["body_html"], left["can_edit"]) == (None, None, False)
        assert left["deleted_at"]
        assert left["author"] == comment["author"]
        assert (await read(person, note)).json()["comment_count"] == 0


async def test_what_is_gone_stays_gone(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    comment = await say(people.client, note, "Larks")
    await take_back(people.client, comment)
    again = await put_differently(people.client, comment, "Owls")
    assert (again.status_code, again.json()["code"]) == (409, "comment_deleted")
    assert (await take_back(people.client, comment)).status_code == 204


async def test_nobody_changes_anothers_words(make: Make):
    people = await pair(make)
    colleague = await make.coach(workspace_id=people.coach.workspace_id)
    note = await shared_note(people)
    by_coach = await say(people.coach, note, "Larks")
    by_client = await say(people.client, note, "Owls")
    tries = [
        (people.client, by_coach),
        (people.coach, by_client),
        (colleague, by_coach),
        (colleague, by_client),
    ]
    for person, comment in tries:
        for answer in (
            await put_differently(person, comment, "Mine"),
            await take_back(person, comment),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "not_your_comment")
    assert [comment["body"] for comment in await heard(people.coach, note)] == ["Larks", "Owls"]


async def test_whoever_no_longer_sees_the_note_has_no_comments_there(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    comment = await say(people.client, note, "Larks")
    await act(people.coach, note, "unshare")
    assert (await put_differently(people.client, comment, "Owls")).status_code == 404
    assert (await take_back(people.client, comment)).status_code == 404
    assert [left["body"] for left in await heard(people.coach, note)] == ["Larks"]


async def test_the_log_tells_what_happened_and_no_words(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    comment = await say(people.client, note, "Larks")
    await put_differently(people.client, comment, "Owls")
    await take_back(people.client, comment)
    log = (await people.coach.http.get("/v1/events")).json()["data"]
    told = [event for event in log if event["type"].startswith("comment.")]
    assert [event["type"] for event in told] == [
        "comment.deleted",
        "comment.updated",
        "comment.created",
    ]
    for event in told:
        assert event["data"] == {"subject_kind": "note", "comment_id": comment["id"]}
        assert event["subject_id"] == note["id"]
        assert event["contact_id"] == str(people.client.contact_id)
