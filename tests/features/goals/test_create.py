"""Setting a goal, by either side; the other one is told."""

from uuid import uuid4

import pytest

from tests.features.goals.aiming import aim, base, pair, read, text_of
from tests.make import Make
from tests.post_office import PostOffice

SIDES = ["coach", "client"]
PORTAL_URL = "https://portal.example.test"


@pytest.mark.parametrize("side", SIDES)
async def test_both_sides_see_it(make: Make, side: str):
    people = await pair(make)
    author = getattr(people, side)
    steps = [{"title": "First talk", "due_on": "2027-01-31"}, {"title": "Second talk"}]
    goal = await aim(author, people, description="A **big** one", milestones=steps)
    assert goal["contact_id"] == str(people.client.contact_id)
    assert goal["author"]["side"] == ("member" if side == "coach" else "client")
    assert goal["description_html"] == "<p>A <strong>big</strong> one</p>"
    assert (goal["status"], goal["closed_at"], goal["target"]) == ("active", None, None)
    assert [step["title"] for step in goal["milestones"]] == ["First talk", "Second talk"]
    assert goal["milestones"][0]["due_on"] == "2027-01-31"
    assert (await read(author, goal)).json() == goal
    assert (await read(people.other(author), goal)).json() == goal


@pytest.mark.parametrize("side", SIDES)
async def test_the_other_side_is_told_and_nobody_else(
    make: Make, post_office: PostOffice, side: str
):
    people = await pair(make, first_name="Ada", last_name="Lovelace")
    await make.coach(role="coach", workspace_id=people.coach.workspace_id)
    author = getattr(people, side)
    goal = await aim(author, people, due_on="2027-03-04")

    [message] = await post_office.deliver()

    assert people.other(author).email in str(message["to"])
    assert message["reply-to"] == author.email
    text = text_of(message)
    assert "> Speak in public" in text
    assert "Thursday, March 4, 2027" in text
    place = f"contacts/{people.client.contact_id}/goals" if side == "client" else "goals"
    assert f"{PORTAL_URL}/{place}/{goal['id']}" in text
    assert await post_office.deliver() == []


async def test_it_tells_where_it_is_and_which_version(make: Make):
    people = await pair(make)
    made = await people.client.http.post("/v1/portal/goals", json={"title": "Run"})
    again = await people.client.http.get(made.headers["Location"])
    assert again.json() == made.json()
    known = {"If-None-Match": made.headers["ETag"]}
    unchanged = await people.client.http.get(made.headers["Location"], headers=known)
    assert unchanged.status_code == 304


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "two\nlines"},
        {"title": None},
        {"due_on": "2027-02-30"},
        {"due_on": "2027-02-03T00:00:00Z"},
        {"status": "achieved"},
        {"milestones": [{"title": ""}]},
        {"milestones": [{"title": "x"}] * 51},
        {"target": {"target": 5}},
        {"target": {"target": "5", "unit": "kg"}},
        {"target": {"target": True, "unit": "kg"}},
        {"target": {"target": 1e13, "unit": "kg"}},
        {"target": {"start": 5, "target": 5, "unit": "kg"}},
        {"enrollment_id": str(uuid4())},
    ],
)
async def test_what_can_not_be_kept_is_refused(make: Make, wrong: dict[str, object]):
    people = await pair(make)
    for author in (people.coach, people.client):
        body = {"title": "Run", **wrong}
        if author is people.coach:
            body["contact_id"] = str(people.client.contact_id)
        assert (await author.http.post(base(author), json=body)).status_code == 422


async def test_a_goal_is_for_a_contact_of_the_practice(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    elsewhere = await make.contact(workspace_id=stranger.workspace_id)
    for contact_id in (elsewhere.id, uuid4()):
        body = {"title": "Run", "contact_id": str(contact_id)}
        answer = await coach.http.post("/v1/goals", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_contact")


async def test_a_client_can_not_set_one_for_another(make: Make):
    people = await pair(make)
    other = await make.contact(workspace_id=people.coach.workspace_id)
    body = {"title": "Run", "contact_id": str(other.id)}
    assert (await people.client.http.post("/v1/portal/goals", json=body)).status_code == 422
