"""Saying how far a goal has come, and the chart of its way."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.core.clock import now
from tests.features.goals.aiming import Pair, act, aim, base, edit, pair, read, text_of
from tests.make import Make, Person
from tests.post_office import PostOffice

SIDES = ["coach", "client"]
WEIGHT = {"start": 90, "target": 75, "unit": "kg"}


async def say(person: Person, goal: dict[str, Any], **said: Any) -> dict[str, Any]:
    answer = await act(person, goal, "check-ins", said)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def progress(person: Person, goal: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await read(person, goal)).json()["progress"]
    return found


async def series(person: Person, goal: dict[str, Any], **span: str) -> list[float]:
    answer = await person.http.get(f"{base(person)}/{goal['id']}/series", params=span)
    assert answer.status_code == 200, answer.text
    return [point["value"] for point in answer.json()["points"]]


async def test_a_percentage_is_said(make: Make):
    people = await pair(make)
    goal = await aim(people.coach, people)
    assert (goal["progress"]["kind"], goal["progress"]["percent"]) == ("percent", 0)
    await say(people.client, goal, value=40, comment="Getting there")
    found = await progress(people.coach, goal)
    assert (found["percent"], found["value"]) == (40, 40.0)
    for wrong in (-1, 100.5):
        answer = await act(people.client, goal, "check-ins", {"value": wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_a_percentage")


@pytest.mark.parametrize(
    ("measured", "percent"), [(90, 0), (82.5, 50), (80, 66), (75, 100), (70, 100), (95, 0)]
)
async def test_a_measure_tells_how_much_of_the_way_is_done(
    make: Make, measured: float, percent: int
):
    people = await pair(make)
    goal = await aim(people.client, people, target=WEIGHT)
    assert goal["target"] == {"start": 90.0, "target": 75.0, "unit": "kg"}
    assert goal["progress"]["kind"] == "measured"
    await say(people.client, goal, value=measured)
    found = await progress(people.coach, goal)
    assert (found["percent"], found["value"]) == (percent, measured)


async def test_the_latest_counts_whenever_it_was_said(make: Make):
    people = await pair(make)
    goal = await aim(people.client, people, target=WEIGHT)
    await say(people.client, goal, value=80, at="2026-03-01T08:00:00Z")
    await say(people.coach, goal, value=88, at="2026-01-01T08:00:00+01:00")
    await say(people.coach, goal, comment="Well done", at="2026-04-01T08:00:00Z")
    found = await progress(people.client, goal)
    assert (found["value"], found["checked_in_at"]) == (80.0, "2026-03-01T08:00:00Z")
    assert await series(people.coach, goal) == [88.0, 80.0]
    assert await series(people.client, goal, since="2026-02-01T00:00:00Z") == [80.0]
    assert await series(people.client, goal, until="2026-02-01T00:00:00Z") == [88.0]


async def test_the_list_has_the_latest_first_page_by_page(make: Make):
    people = await pair(make)
    goal = await aim(people.client, people)
    for day in (3, 1, 4, 2, 5):
        await say(people.client, goal, comment=f"{day}", at=f"2026-03-0{day}T08:00:00Z")
    url = f"/v1/portal/goals/{goal['id']}/check-ins"
    page = (await people.client.http.get(url, params={"limit": 2})).json()
    rest = (await people.client.http.get(url, params={"cursor": page["next_cursor"]})).json()
    said = [one["comment"] for one in page["data"] + rest["data"]]
    assert said == ["5", "4", "3", "2", "1"]
    assert page["data"][0]["author"]["side"] == "client"


@pytest.mark.parametrize("side", SIDES)
async def test_ones_own_side_takes_it_back(make: Make, side: str):
    people = await pair(make)
    person = getattr(people, side)
    goal = await aim(people.client, people)
    await say(people.other(person), goal, value=20)
    mine = await say(person, goal, value=90)
    assert await remove(people.other(person), goal, mine) == 403
    assert await remove(person, goal, mine) == 204
    assert await remove(person, goal, mine) == 404
    assert (await progress(person, goal))["value"] == 20.0


async def remove(person: Person, goal: dict[str, Any], made: dict[str, Any]) -> int:
    url = f"{base(person)}/{goal['id']}/check-ins/{made['id']}"
    return (await person.http.delete(url)).status_code


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"comment": " "},
        {"value": "4"},
        {"value": True},
        {"value": 4, "at": "2026-03-01"},
        {"value": 4, "at": "2026-03-01T08:00:00"},
        {"comment": "x" * 2001},
    ],
)
async def test_what_says_nothing_is_refused(make: Make, wrong: dict[str, object]):
    people = await pair(make)
    goal = await aim(people.client, people, target=WEIGHT)
    for person in (people.coach, people.client):
        assert (await act(person, goal, "check-ins", wrong)).status_code == 422


async def test_a_new_kind_of_target_begins_anew(make: Make):
    people = await pair(make)
    goal = await aim(people.client, people)
    await say(people.client, goal, value=40)
    measured = (await edit(people.coach, goal, target=WEIGHT)).json()["progress"]
    assert (measured["kind"], measured["percent"], measured["value"]) == ("measured", 0, None)
    await say(people.client, goal, value=80)
    moved = (await edit(people.coach, goal, target={**WEIGHT, "target": 70})).json()
    assert (moved["progress"]["percent"], moved["progress"]["value"]) == (50, 80.0)


@pytest.mark.parametrize("side", SIDES)
async def test_the_other_side_is_told_once_for_several(
    make: Make, post_office: PostOffice, side: str
):
    people: Pair = await pair(make)
    person = getattr(people, side)
    goal = await aim(people.client, people)
    await post_office.deliver()
    await say(person, goal, value=20)
    await say(person, goal, value=30)
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        [message] = await post_office.deliver()
    assert people.other(person).email in str(message["to"])
    assert "What changed: the progress." in text_of(message)
