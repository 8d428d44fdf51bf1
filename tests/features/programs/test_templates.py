"""What a program brings along is kept as templates, replaced as a whole."""

from typing import Any
from uuid import uuid4

import pytest

from tests.features.files.uploads import code, uploaded
from tests.features.programs.content import ASSIGNMENTS, GOALS, bring, full_program, templates
from tests.features.programs.offers import program
from tests.make import Make


async def test_they_are_kept_in_order(make: Make):
    coach = await make.coach()
    made = await program(coach)
    empty = (await coach.http.get(templates(made))).json()
    assert empty == {"goals": [], "assignments": []}
    file = await uploaded(coach)
    first_with_file = {**ASSIGNMENTS[0], "file_ids": [file["id"]]}
    kept = await bring(coach, made, assignments=[first_with_file, ASSIGNMENTS[1]])
    assert (await coach.http.get(templates(made))).json() == kept
    first, second = kept["goals"]
    assert (first["title"], second["title"]) == ("Speak up", "Sleep well")
    assert first["description_html"] == "<p>In <em>every</em> meeting</p>"
    assert first["target"] == {"start": 0, "target": 12, "unit": "meetings"}
    assert first["milestones"] == GOALS[0]["milestones"]
    assert (second["target"], second["due_after_days"]) == (None, None)
    assert kept["assignments"][0]["attachments"][0]["name"] == "plan.pdf"
    assert kept["assignments"][1]["attachments"] == []


async def test_they_are_replaced_as_a_whole(make: Make):
    coach = await make.coach()
    made = await full_program(coach)
    kept = await bring(coach, made, goals=[{"title": "Only this"}], assignments=[])
    assert [goal["title"] for goal in kept["goals"]] == ["Only this"]
    assert kept["assignments"] == []
    assert (await coach.http.put(templates(made), json={"goals": []})).status_code == 422
    assert (await coach.http.get(templates(made))).json() == kept


async def test_of_two_editors_the_second_is_refused(make: Make):
    coach = await make.coach()
    made = await program(coach)
    answer = await coach.http.get(templates(made))
    tag = answer.headers["ETag"]
    nothing: dict[str, Any] = {"goals": [], "assignments": []}
    seen = await coach.http.get(templates(made), headers={"If-None-Match": tag})
    assert seen.status_code == 304
    for status in (200, 412):
        put = await coach.http.put(templates(made), json=nothing, headers={"If-Match": tag})
        assert put.status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"goals": [{"title": ""}]},
        {"goals": [{"title": "Up", "due_after_days": -1}]},
        {"goals": [{"title": "Up", "due_after_days": 3651}]},
        {"goals": [{"title": "Up", "target": {"start": 1, "target": 1, "unit": "kg"}}]},
        {"goals": [{"title": "Up", "milestones": [{"title": "1"}] * 51}]},
        {"goals": [{"title": "Up"}] * 31},
        {"assignments": [{"title": "Do"}] * 31},
        {"assignments": [{"title": "Do", "due_at": "2027-01-01T00:00:00Z"}]},
        {"goals": None},
    ],
)
async def test_what_can_not_be_kept_is_refused(make: Make, wrong: dict[str, Any]):
    coach = await make.coach()
    made = await full_program(coach)
    kept = (await coach.http.get(templates(made))).json()
    body = {"goals": [], "assignments": [], **wrong}
    assert (await coach.http.put(templates(made), json=body)).status_code == 422
    assert (await coach.http.get(templates(made))).json() == kept


async def test_their_files_are_the_teams(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    made, own = await program(coach), await uploaded(coach)
    elsewhere = await uploaded(await make.coach())
    for file_id in ((await uploaded(client))["id"], elsewhere["id"], str(uuid4())):
        tasks = [{"title": "Read"}, {"title": "Do", "file_ids": [own["id"], file_id]}]
        body = {"goals": [], "assignments": tasks}
        refused = await coach.http.put(templates(made), json=body)
        assert code(refused)[0] == 422
        [error] = refused.json()["errors"]
        assert (error["code"], error["pointer"]) == (
            "unknown_file",
            "/assignments/1/file_ids/1",
        )


async def test_a_file_they_give_is_not_deleted(make: Make):
    coach = await make.coach()
    made, file = await program(coach), await uploaded(coach)
    await bring(coach, made, assignments=[{"title": "Read", "file_ids": [file["id"]]}])
    url = f"/v1/files/{file['id']}"
    assert code(await coach.http.delete(url)) == (409, "file_in_use")
    await bring(coach, made, assignments=[])
    assert (await coach.http.delete(url)).status_code == 204


async def test_a_copy_brings_along_the_same(make: Make):
    coach = await make.coach()
    made, file = await full_program(coach), await uploaded(coach)
    await bring(coach, made, assignments=[{"title": "Read", "file_ids": [file["id"]]}])
    await coach.http.post(f"/v1/files/{file['id']}/share", json={"program_id": made["id"]})
    copy = (await coach.http.post(f"/v1/programs/{made['id']}/duplicate")).json()
    both = [(await coach.http.get(templates(one))).json() for one in (made, copy)]
    for kept in both:
        for each in (*kept["goals"], *kept["assignments"]):
            each.pop("id")
    assert both[0] == both[1]
    assert len(both[1]["goals"]) == 2
    shown = await coach.http.get("/v1/files", params={"program_id": copy["id"]})
    assert [one["id"] for one in shown.json()["data"]] == [file["id"]]


async def test_a_program_goes_with_its_templates(make: Make):
    coach = await make.coach()
    made = await full_program(coach)
    assert (await coach.http.delete(f"/v1/programs/{made['id']}")).status_code == 204
    assert (await coach.http.get(templates(made))).status_code == 404
