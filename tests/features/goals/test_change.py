"""Changing a goal: both sides may, never over each other's words; told in one go."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.goals.aiming import act, aim, edit, pair, read, text_of, told
from tests.make import Make
from tests.post_office import PostOffice

SIDES = ["coach", "client"]


@pytest.mark.parametrize("side", SIDES)
async def test_either_side_changes_what_the_other_set(make: Make, side: str):
    people = await pair(make)
    editor = getattr(people, side)
    goal = await aim(people.other(editor), people, due_on="2027-03-04")
    changed = await edit(editor, goal, title="Sing", description="*la*", due_on=None)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["title"], changed.json()["due_on"]) == ("Sing", None)
    assert changed.json()["description_html"] == "<p><em>la</em></p>"
    assert changed.json()["version"] == goal["version"] + 1
    assert (await read(people.other(editor), goal)).json() == changed.json()


@pytest.mark.parametrize("side", SIDES)
async def test_of_two_editors_the_second_is_refused(make: Make, side: str):
    people = await pair(make)
    editor = getattr(people, side)
    goal = await aim(people.coach, people)
    tag = (await read(editor, goal)).headers["ETag"]
    assert (await edit(editor, goal, None, title="Sing")).status_code == 428
    first = await edit(people.other(editor), goal, tag, title="First")
    second = await edit(editor, goal, tag, title="Second")
    assert (first.status_code, second.status_code) == (200, 412)
    assert (await read(editor, goal)).json()["title"] == "First"


async def test_progress_gets_in_no_editors_way(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people)
    tag = (await read(people.coach, goal)).headers["ETag"]
    await act(people.client, goal, "check-ins", {"value": 30})
    assert (await read(people.coach, goal)).headers["ETag"] != tag
    assert (await edit(people.coach, goal, tag, title="Sing")).status_code == 200


@pytest.mark.parametrize("side", SIDES)
async def test_the_other_side_is_told_once_of_what_changed_within_minutes(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make)
    editor = getattr(people, side)
    with time_machine.travel(now(), tick=False) as traveller:
        goal = await aim(people.coach, people)
        await post_office.deliver()
        await edit(editor, goal, title="Sing")
        traveller.shift(timedelta(minutes=4))
        await edit(editor, goal, due_on="2027-03-04")
        await edit(editor, goal, title="Sing aloud")
        await act(editor, goal, "milestones", {"title": "Hum"})
        assert await post_office.deliver() == []
        traveller.shift(timedelta(minutes=2))

        [message] = await post_office.deliver()

        assert people.other(editor).email in str(message["to"])
        text = text_of(message)
        assert "What changed: the day it is due, the milestones, the title." in text
        assert "> Sing aloud" in text
        traveller.shift(timedelta(days=1))
        assert await post_office.deliver() == []
        await edit(editor, goal, title="Hum")
        traveller.shift(timedelta(minutes=6))
        assert "What changed: the title." in text_of((await post_office.deliver())[0])


async def test_each_side_is_told_of_the_others_changes_only(make: Make, post_office: PostOffice):
    people = await pair(make)
    with time_machine.travel(now(), tick=False) as traveller:
        goal = await aim(people.coach, people)
        await post_office.deliver()
        await edit(people.coach, goal, title="Sing")
        await edit(people.client, goal, due_on="2027-03-04")
        traveller.shift(timedelta(minutes=6))
        by_reader = {str(m["to"]): text_of(m) for m in await post_office.deliver()}
    assert len(by_reader) == 2
    for address, text in by_reader.items():
        mine = "the title" if people.client.email in address else "the day it is due"
        assert f"What changed: {mine}." in text


async def test_the_same_again_is_no_change(make: Make, post_office: PostOffice):
    people = await pair(make)
    goal = await aim(people.client, people)
    await post_office.deliver()
    assert (await edit(people.coach, goal, title=goal["title"])).json() == goal
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        assert await post_office.deliver() == []


async def test_the_log_tells_of_each_change_at_once(make: Make):
    people = await pair(make)
    goal = await aim(people.client, people)
    await edit(people.coach, goal, title="Sing")
    log = await told(people.coach, goal)
    assert log[0] == ("goal.edited", {"side": "member", "title": "Sing", "changed": ["title"]})


async def test_a_goal_that_goes_takes_its_news_along(make: Make, post_office: PostOffice):
    people = await pair(make)
    goal = await aim(people.client, people, due_on="2027-03-04", milestones=[{"title": "Hum"}])
    await post_office.deliver()
    await act(people.client, goal, "check-ins", {"comment": "On it"})
    gone = await people.coach.http.delete(f"/v1/goals/{goal['id']}")
    assert gone.status_code == 204
    assert (await read(people.client, goal)).status_code == 404
    with time_machine.travel(now() + timedelta(days=400), tick=False):
        assert await post_office.deliver() == []
