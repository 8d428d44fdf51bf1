"""How goals end, and how they are taken up again."""

from datetime import timedelta

import pytest
import time_machine

from app.core.clock import now
from tests.features.goals.aiming import act, aim, edit, pair, text_of
from tests.make import Make
from tests.post_office import PostOffice

SIDES = ["coach", "client"]


@pytest.mark.parametrize("side", SIDES)
async def test_the_other_side_is_told_that_it_was_reached_and_once(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make)
    finisher = getattr(people, side)
    goal = await aim(people.coach, people)
    await post_office.deliver()
    done = (await act(finisher, goal, "complete")).json()
    assert (done["status"], done["progress"]["percent"]) == ("achieved", 100)
    assert done["closed_at"]
    assert (await act(people.other(finisher), goal, "complete")).json() == done

    [message] = await post_office.deliver()

    assert people.other(finisher).email in str(message["to"])
    assert "marked a goal as reached" in message["subject"]
    assert "> Speak in public" in text_of(message)


@pytest.mark.parametrize("side", SIDES)
async def test_one_that_was_given_up_is_told_soon_after(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make)
    quitter = getattr(people, side)
    goal = await aim(people.coach, people)
    await post_office.deliver()
    assert (await act(quitter, goal, "abandon")).json()["status"] == "abandoned"
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        [message] = await post_office.deliver()
    assert people.other(quitter).email in str(message["to"])
    assert "whether it is still pursued" in text_of(message)


@pytest.mark.parametrize("end", ["complete", "abandon"])
async def test_a_closed_goal_stays_as_it_is_until_it_is_reopened(make: Make, end: str):
    people = await pair(make)
    goal = await aim(people.coach, people, milestones=[{"title": "Hum"}])
    step = f"milestones/{goal['milestones'][0]['id']}"
    await act(people.client, goal, end)
    refused = [
        await edit(people.client, goal, title="Sing"),
        await act(people.client, goal, "check-ins", {"comment": "Late"}),
        await act(people.client, goal, "milestones", {"title": "Late"}),
        await act(people.client, goal, f"{step}/complete"),
        await act(people.client, goal, "abandon" if end == "complete" else "complete"),
    ]
    answers = {(answer.status_code, answer.json()["code"]) for answer in refused}
    assert answers == {(409, "goal_closed")}
    again = (await act(people.coach, goal, "reopen")).json()
    assert (again["status"], again["closed_at"]) == ("active", None)
    assert (await edit(people.client, goal, title="Sing")).status_code == 200


async def test_reopening_an_open_one_changes_nothing(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people)
    assert (await act(people.client, goal, "reopen")).json() == goal
