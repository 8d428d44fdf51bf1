"""Lists of assignments, and what the contact's timeline tells of them."""

from datetime import timedelta

import pytest

from app.core.clock import now
from tests.features.assignments.tasks import TEAM, act, base, give, given, pair
from tests.make import Make, Person

DAY = timedelta(days=1)


async def titles(person: Person, **query: str) -> list[str]:
    answer = await person.http.get(base(person), params=query)
    assert answer.status_code == 200, answer.text
    return [task["title"] for task in answer.json()["data"]]


async def test_lists_show_each_side_what_is_theirs(make: Make):
    coach, client = await pair(make)
    other = await make.client(workspace_id=coach.workspace_id)
    task = await given(coach, client)
    assert (await coach.http.get(TEAM, params={"status": "assigned"})).json()["data"] == [task]
    assert (await client.http.get("/v1/portal/assignments")).json()["data"] == [task]
    assert await titles(other) == []


@pytest.mark.parametrize("side", ["coach", "client"])
async def test_by_state_by_day_and_by_lateness(make: Make, side: str):
    coach, client = await pair(make)
    person = {"coach": coach, "client": client}[side]
    at = now()
    for title, due_at in (("late", at - DAY), ("soon", at + DAY), ("far", at + 9 * DAY)):
        await given(coach, client, title=title, due_at=due_at.isoformat())
    done = await given(coach, client, title="any day")
    await act(coach, done, "complete")
    assert await titles(person) == ["any day", "far", "soon", "late"]
    assert await titles(person, status="completed") == ["any day"]
    assert await titles(person, late="true") == ["late"]
    assert await titles(person, late="false") == ["any day", "far", "soon"]
    assert await titles(person, due_before=(at + 2 * DAY).isoformat()) == ["soon", "late"]
    assert await titles(person, due_before=(at + DAY).isoformat(), late="true") == ["late"]


async def test_the_team_chooses_the_contact(make: Make):
    coach, client = await pair(make)
    other = await make.client(workspace_id=coach.workspace_id)
    await give(coach, [client.contact_id, other.contact_id])
    assert len(await titles(coach)) == 2
    assert len(await titles(coach, contact_id=str(other.contact_id))) == 1
    refused = await client.http.get(base(client), params={"contact_id": str(other.contact_id)})
    assert refused.status_code == 422


async def test_the_timeline_tells_it_in_words(make: Make):
    coach, client = await pair(make)
    task = await given(coach, client)
    await act(client, task, "submissions", text="Done")
    await act(coach, task, "return", comment="More")
    await act(coach, task, "complete")
    timeline = await coach.http.get(f"/v1/contacts/{client.contact_id}/timeline")
    told = [entry["summary"] for entry in timeline.json()["data"]]
    assert told[:4] == [
        "Completed an assignment",
        "Gave an assignment back",
        "Handed in an assignment",
        "Gave an assignment",
    ]
