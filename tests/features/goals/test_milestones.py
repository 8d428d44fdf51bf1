"""The steps towards a goal: in order, made, and taken back."""

from typing import Any

import pytest

from tests.features.goals.aiming import act, aim, base, edit, pair, text_of
from tests.make import Make, Person
from tests.post_office import PostOffice

SIDES = ["coach", "client"]
STEPS = [{"title": "One"}, {"title": "Two"}, {"title": "Three"}]


def names(goal: dict[str, Any]) -> list[str]:
    return [step["title"] for step in goal["milestones"]]


def step_url(person: Person, goal: dict[str, Any], at: int) -> str:
    return f"{base(person)}/{goal['id']}/milestones/{goal['milestones'][at]['id']}"


@pytest.mark.parametrize("side", SIDES)
async def test_steps_are_added_changed_and_taken_away(make: Make, side: str):
    people = await pair(make)
    person = getattr(people, side)
    goal = await aim(people.coach, people, milestones=STEPS[:2])
    goal = (await act(person, goal, "milestones", STEPS[2])).json()
    assert names(goal) == ["One", "Two", "Three"]
    changed = await person.http.patch(step_url(person, goal, 1), json={"due_on": "2027-01-31"})
    assert changed.json()["milestones"][1]["due_on"] == "2027-01-31"
    left = await person.http.delete(step_url(person, goal, 0))
    assert names(left.json()) == ["Two", "Three"]
    assert names((await act(person, left.json(), "milestones", STEPS[0])).json())[-1] == "One"


@pytest.mark.parametrize("side", SIDES)
async def test_their_order_is_as_one_likes(make: Make, side: str):
    people = await pair(make)
    person = getattr(people, side)
    goal = await aim(people.coach, people, milestones=STEPS)
    ids = [step["id"] for step in goal["milestones"]]
    turned = {"milestone_ids": ids[::-1]}
    assert names((await act(person, goal, "milestones/reorder", turned)).json()) == [
        "Three",
        "Two",
        "One",
    ]
    for wrong in (ids[:2], [*ids[:2], ids[0]], [*ids, ids[0]], [*ids[:2], goal["id"]]):
        answer = await act(person, goal, "milestones/reorder", {"milestone_ids": wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown_milestones")


@pytest.mark.parametrize("side", SIDES)
async def test_the_other_side_is_told_of_a_step_that_is_made_and_once(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make)
    person = getattr(people, side)
    goal = await aim(people.coach, people, milestones=STEPS)
    await post_office.deliver()
    made = (await person.http.post(step_url(person, goal, 0) + "/complete")).json()
    again = await person.http.post(step_url(person, goal, 0) + "/complete")
    assert again.json() == made
    assert made["milestones"][0]["completed_at"]

    [message] = await post_office.deliver()

    assert people.other(person).email in str(message["to"])
    assert "reached a milestone: One" in text_of(message)


async def test_progress_is_what_of_them_is_made(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people, milestones=STEPS)
    assert (goal["progress"]["kind"], goal["progress"]["percent"]) == ("milestones", 0)
    url = step_url(people.client, goal, 2)
    made = (await people.client.http.post(f"{url}/complete")).json()["progress"]
    assert (made["percent"], made["milestones_done"], made["milestones_total"]) == (33, 1, 3)
    back = (await people.client.http.post(f"{url}/reopen")).json()["progress"]
    assert (back["percent"], back["milestones_done"]) == (0, 0)
    refused = await act(people.client, goal, "check-ins", {"value": 50})
    assert (refused.status_code, refused.json()["code"]) == (422, "progress_follows_milestones")


async def test_there_are_fifty_at_most(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people, milestones=[{"title": f"{n}"} for n in range(50)])
    answer = await act(people.client, goal, "milestones", {"title": "51"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_milestones")


async def test_a_step_of_another_goal_is_not_found_here(make: Make):
    people = await pair(make)
    goal, other = [await aim(people.coach, people, milestones=STEPS) for _ in range(2)]
    strange = {**goal, "milestones": other["milestones"]}
    for person in (people.coach, people.client):
        url = step_url(person, strange, 0)
        answers = [
            await person.http.patch(url, json={"title": "Mine"}),
            await person.http.delete(url),
            await person.http.post(f"{url}/complete"),
            await person.http.post(f"{url}/reopen"),
        ]
        assert {answer.status_code for answer in answers} == {404}


async def test_milestones_are_not_changed_through_the_goal(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people, milestones=STEPS)
    assert (await edit(people.coach, goal, milestones=[])).status_code == 422
