"""What people are told inside the app: the same people, the same words, with a read state."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from app.core.clock import now
from app.core.events import FANOUT
from app.core.jobs import NewJob, enqueue
from app.features.comments import mailing
from app.models import Notification
from app.repositories.notification_upkeep import forget_notifications
from tests.features.comments.speaking import say
from tests.features.notes.writing import act, edit, pair, write_by
from tests.features.notifications.reading import base, read_all, told, unread
from tests.features.preferences.choosing import aim, choose
from tests.make import Make, Person
from tests.post_office import PostOffice


async def test_each_letter_is_a_notification_too_in_the_same_words(
    make: Make, post_office: PostOffice
):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    goal = await aim(people.client, people, title="Speak in public")

    [message] = await post_office.deliver()

    [notice] = await told(people.coach)
    assert notice["title"] == message["subject"] == "Ada Lovelace set a goal"
    assert notice["summary"] == "Speak in public"
    assert notice["path"] == f"/contacts/{people.client.contact_id}/goals/{goal['id']}"
    assert notice["type"] == "goal.created"
    assert notice["subject_id"] == goal["id"]
    assert notice["contact_id"] == str(people.client.contact_id)
    assert notice["read_at"] is None
    assert await told(people.client) == []


@pytest.mark.parametrize("choice", ["off", "daily_digest"])
async def test_whoever_wants_no_mail_finds_it_here(
    make: Make, post_office: PostOffice, choice: str
):
    people = await pair(make)
    await choose(people.client, note__shared=choice)
    await write_by(people.coach, people, title="Tuesday", share=True)

    assert await post_office.deliver() == []

    [notice] = await told(people.client)
    assert notice["summary"] == "Tuesday"


async def test_drafts_and_private_notes_tell_nobody(make: Make, post_office: PostOffice):
    people = await pair(make)
    note = await write_by(people.coach, people, title="Private")
    await edit(people.coach, note, title="Still private")
    await write_by(people.client, people, title="Mine")
    await post_office.deliver()

    assert await told(people.coach) == await told(people.client) == []


async def test_an_unshared_note_and_what_was_said_of_it_are_gone_at_once(
    make: Make, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailing, "PATIENCE", timedelta(0))
    people = await pair(make)
    note = await write_by(people.coach, people, title="A secret", share=True)
    await say(people.coach, note, "What do you think?")
    await post_office.deliver()
    assert {one["summary"] for one in await told(people.client)} == {"A secret"}
    assert {one["type"] for one in await told(people.client)} == {"note.shared", "comment.created"}

    await act(people.coach, note, "unshare")

    assert await told(people.client) == []
    assert await unread(people.client) == 0


async def test_a_deleted_goal_is_not_told_of_any_longer(make: Make, post_office: PostOffice):
    people = await pair(make)
    goal = await aim(people.coach, people, title="Given up")
    await post_office.deliver()
    assert len(await told(people.client)) == 1
    await people.coach.http.delete(f"/v1/goals/{goal['id']}")

    await post_office.deliver()

    assert await told(people.client) == []


async def test_reading_and_keeping_to_be_read_once_more(make: Make, post_office: PostOffice):
    people = await pair(make)
    await aim(people.coach, people, title="One")
    await aim(people.coach, people, title="Two")
    await post_office.deliver()
    two, one = await told(people.client)
    path = f"{base(people.client)}/{one['id']}"

    first = await people.client.http.post(f"{path}/read")
    again = await people.client.http.post(f"{path}/read")

    assert first.json() == again.json()
    assert first.json()["read_at"]
    assert await unread(people.client) == 1
    assert [each["id"] for each in await told(people.client, unread=True)] == [two["id"]]
    assert [each["id"] for each in await told(people.client, unread=False)] == [one["id"]]
    assert (await people.client.http.post(f"{path}/unread")).json()["read_at"] is None
    assert await unread(people.client) == 2


async def test_what_came_after_the_look_stays_unread(make: Make, post_office: PostOffice):
    people = await pair(make)
    for title in ("One", "Two"):
        await aim(people.coach, people, title=title)
    await post_office.deliver()
    seen = (await told(people.client))[0]["id"]
    await aim(people.coach, people, title="Three")
    await post_office.deliver()

    assert await read_all(people.client, seen) == 1

    [left] = await told(people.client, unread=True)
    assert left["summary"] == "Three"


async def test_one_that_was_taken_back_still_says_how_far_its_reader_was(
    make: Make, post_office: PostOffice
):
    people = await pair(make)
    await aim(people.coach, people, title="One")
    note = await write_by(people.coach, people, title="Two", share=True)
    await post_office.deliver()
    seen = (await told(people.client))[0]["id"]
    await act(people.coach, note, "unshare")
    await aim(people.coach, people, title="Three")
    await post_office.deliver()

    assert await read_all(people.client, seen) == 1
    assert await read_all(people.client, str(uuid4())) in {0, 1}


async def test_pages_and_filters(make: Make, post_office: PostOffice):
    people = await pair(make)
    for number in range(5):
        await aim(people.coach, people, title=f"Goal {number}")
    await write_by(people.coach, people, title="Note", share=True)
    await post_office.deliver()

    found, query = [], {"limit": "2", "type": "goal.created"}
    while True:
        page = (await people.client.http.get(base(people.client), params=query)).json()
        found += [one["summary"] for one in page["data"]]
        if not page["has_more"]:
            break
        query["cursor"] = page["next_cursor"]

    assert found == [f"Goal {number}" for number in (4, 3, 2, 1, 0)]
    for wrong in ("cursor=x", "unread=maybe", "limit=0", "kind=x", "type=a%00b"):
        answer = await people.client.http.get(f"{base(people.client)}?{wrong}")
        assert answer.status_code in {400, 422}, wrong


async def test_nobody_reads_anothers(make: Make, post_office: PostOffice):
    people = await pair(make)
    mate = await make.coach(role="owner", workspace_id=people.coach.workspace_id)
    other = await make.client(workspace_id=people.coach.workspace_id)
    await aim(people.coach, people, title="Theirs")
    await aim(people.client, people, title="Ours")
    await post_office.deliver()
    [theirs], [ours] = await told(people.client), await told(people.coach)

    for stranger, notice in ((other, theirs), (other, ours), (mate, ours), (mate, theirs)):
        assert await told(stranger) == []
        for verb in ("read", "unread"):
            path = f"{base(stranger)}/{notice['id']}/{verb}"
            assert (await stranger.http.post(path)).status_code == 404
        assert await read_all(stranger, notice["id"]) == 0
    assert await unread(people.client) == await unread(people.coach) == 1


async def test_planning_again_tells_nobody_twice(make: Make, post_office: PostOffice):
    people = await pair(make)
    await aim(people.coach, people, title="Once")
    await post_office.deliver()
    [notice] = await told(people.client)
    runtime = make.runtime
    async with runtime.database.writing(people.coach.workspace_id) as session:
        payload = {
            "workspace_id": people.coach.workspace_id,
            "event_ids": [notice["event_id"]],
        }
        await enqueue(session, NewJob(kind=FANOUT, payload=payload))

    assert await post_office.deliver() == []
    assert await told(people.client) == [notice]


async def test_half_a_year_later_it_is_forgotten(make: Make, post_office: PostOffice):
    people = await pair(make)
    await aim(people.coach, people, title="Long ago")
    await post_office.deliver()

    with time_machine.travel(now() + timedelta(days=179), tick=False) as traveller:
        await post_office.deliver()
        await forget_notifications_of(people.coach, make)
        assert len(await _rows(people.client, make)) == 1
        traveller.shift(timedelta(days=2))
        await forget_notifications_of(people.coach, make)
        assert await _rows(people.client, make) == []


async def forget_notifications_of(coach: Person, make: Make) -> None:
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await forget_notifications(session, coach.workspace_id, now())


async def _rows(client: Person, make: Make) -> list[Notification]:
    async with make.runtime.database.reading(client.workspace_id) as session:
        query = select(Notification).where(Notification.workspace_id == client.workspace_id)
        return list(await session.scalars(query))
