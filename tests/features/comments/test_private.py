"""Who does not see a thing does not hear what is said about it."""

import pytest

from tests.features.comments.speaking import (
    delivered_later,
    heard,
    put_differently,
    say,
    shared_note,
    take_back,
    thread,
    try_to_say,
)
from tests.features.notes.writing import act, pair, read, write_by
from tests.make import Make
from tests.post_office import PostOffice

SIDES = ["coach", "client"]


@pytest.mark.parametrize("side", SIDES)
async def test_about_the_other_sides_private_note_nothing_is_heard_or_said(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    other = people.client if author is people.coach else people.coach
    note = await write_by(author, people)
    comment = await say(author, note, "To myself")
    assert comment["internal"]
    answers = [
        await other.http.get(thread(other, note)),
        await try_to_say(other, note),
        await put_differently(other, comment, "Mine"),
        await take_back(other, comment),
    ]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("side", SIDES)
async def test_what_was_said_in_private_stays_private_when_the_note_is_shared(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make)
    author = getattr(people, side)
    other = people.client if author is people.coach else people.coach
    note = await write_by(author, people)
    before = await say(author, note, "To myself")
    await act(author, note, "share")
    await say(author, note, "To both")
    assert [c["body"] for c in await heard(author, note)] == ["To myself", "To both"]
    assert [c["body"] for c in await heard(other, note)] == ["To both"]
    assert (await read(author, note)).json()["comment_count"] == 2
    assert (await read(other, note)).json()["comment_count"] == 1
    assert (await put_differently(other, before, "Mine")).status_code == 404
    mails = [*await post_office.deliver(), *await delivered_later(post_office)]
    assert not any("To myself" in str(mail) for mail in mails)


async def test_nothing_tells_the_team_of_a_clients_talk_with_themselves(make: Make):
    people = await pair(make)
    note = await write_by(people.client, people)
    comment = await say(people.client, note, "To myself")
    await put_differently(people.client, comment, "To me")
    await take_back(people.client, comment)
    pages = ["/v1/events", "/v1/emails", f"/v1/contacts/{people.client.contact_id}/timeline"]
    for page in pages:
        assert (await people.coach.http.get(page)).json()["data"] == []


async def test_taking_back_the_sharing_silences_the_thread(make: Make):
    people = await pair(make)
    note = await shared_note(people)
    await say(people.coach, note, "One")
    await act(people.coach, note, "unshare")
    assert (await people.client.http.get(thread(people.client, note))).status_code == 404
    assert (await try_to_say(people.client, note)).status_code == 404


@pytest.mark.parametrize("side", SIDES)
async def test_another_client_of_the_practice_is_not_in_the_room(make: Make, side: str):
    people = await pair(make)
    other = await make.client(workspace_id=people.coach.workspace_id)
    note = await shared_note(people)
    comment = await say(getattr(people, side), note, "Between us")
    answers = [
        await other.http.get(thread(other, note)),
        await try_to_say(other, note),
        await put_differently(other, comment, "Mine"),
        await take_back(other, comment),
    ]
    assert {answer.status_code for answer in answers} == {404}


async def test_nor_is_another_practice(make: Make):
    people, stranger = await pair(make), await make.coach()
    note = await shared_note(people)
    comment = await say(people.client, note, "Between us")
    answers = [
        await stranger.http.get(thread(stranger, note)),
        await try_to_say(stranger, note),
        await put_differently(stranger, comment, "Mine"),
        await take_back(stranger, comment),
    ]
    assert {answer.status_code for answer in answers} == {404}
