"""Publishing: versions that nothing changes, and fields that keep their types."""

import asyncio

from fastapi import FastAPI

from tests.features.forms.asking import (
    act,
    choices,
    created,
    edit,
    errors,
    field,
    published,
    read,
    when,
)
from tests.make import Make


async def test_a_version_stays_what_it_was(make: Make):
    coach = await make.coach()
    form = await created(coach, field("name"))
    first = (await act(coach, form, "publish")).json()
    assert (first["number"], first["title"]) == (1, "Intake")
    assert (await act(coach, form, "publish")).json() == first
    assert not (await read(coach, form)).json()["has_unpublished_changes"]
    changed = await edit(coach, form, title="Intake, longer", fields=[field("name"), field("age")])
    assert changed.json()["has_unpublished_changes"]
    second = (await act(coach, form, "publish")).json()
    assert (second["number"], second["sha256"] != first["sha256"]) == (2, True)
    assert (await read(coach, form, "/versions/1")).json() == first
    listed = (await read(coach, form, "/versions")).json()["data"]
    assert [(one["number"], one["title"]) for one in listed] == [
        (2, "Intake, longer"),
        (1, "Intake"),
    ]
    assert (await read(coach, form, "/versions/3")).status_code == 404


async def test_what_was_before_can_come_again_as_a_version_of_its_own(make: Make):
    coach = await make.coach()
    form = await published(coach, field("name"))
    await edit(coach, form, title="Two")
    await act(coach, form, "publish")
    await edit(coach, form, title="Intake")
    third = (await act(coach, form, "publish")).json()
    first = (await read(coach, form, "/versions/1")).json()
    assert (third["number"], third["sha256"]) == (3, first["sha256"])


async def test_a_published_id_keeps_its_type_for_good(make: Make):
    coach = await make.coach()
    form = await created(coach, field("size"))
    assert (await edit(coach, form, fields=[field("size", "number")])).status_code == 200
    await act(coach, form, "publish")
    await edit(coach, form, fields=[field("other")])
    await act(coach, form, "publish")
    answer = await edit(coach, form, fields=[field("other"), field("size", "long_text")])
    assert errors(answer) == [("/fields/1/type", "field_type_changed")]
    assert answer.json()["errors"][0]["detail"] == "It was published as number: use a new id"
    assert (await edit(coach, form, fields=[field("size", "number")])).status_code == 200


async def test_nothing_to_ask_and_nothing_put_aside_is_published(make: Make):
    coach = await make.coach()
    empty = await created(coach, field("hello", "heading"))
    answer = await act(coach, empty, "publish")
    assert (answer.status_code, answer.json()["code"]) == (409, "form_empty")
    old = await created(coach, field("name"))
    await act(coach, old, "archive")
    answer = await act(coach, old, "publish")
    assert (answer.status_code, answer.json()["code"]) == (409, "form_archived")


async def test_ten_who_publish_at_once_make_one_version(racing_app: FastAPI):
    coach = await Make(racing_app).coach()
    form = await created(coach, field("name"))
    answers = await asyncio.gather(*(act(coach, form, "publish") for _ in range(10)))
    assert {(one.status_code, one.json()["number"]) for one in answers} == {(200, 1)}
    assert len((await read(coach, form, "/versions")).json()["data"]) == 1


async def test_publishing_against_editing_never_mixes_the_two(racing_app: FastAPI):
    coach = await Make(racing_app).coach()
    form = await created(coach, field("name"))
    for number in range(5):
        _, version = await asyncio.gather(
            edit(coach, form, title=f"Title {number}", fields=[field(f"field{number}")]),
            act(coach, form, "publish"),
        )
        said = version.json()
        assert said["title"][-1] == said["fields"][0]["id"][-1] or said["title"] == "Intake"


async def test_the_schema_is_served_with_its_conditions(make: Make):
    coach = await make.coach()
    form = await published(
        coach,
        field("plan", "single_choice", choices=choices(1, 2), required=True),
        field("why", required=True, visible_if=when("plan", "equals", "b")),
        field("until", "date", min="2026-01-01"),
    )
    schema = (await read(coach, form, "/versions/1/schema")).json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["plan"]
    assert schema["properties"]["plan"] == {"title": "Plan", "enum": ["a", "b"]}
    assert schema["properties"]["until"]["formatMinimum"] == "2026-01-01"
    assert schema["allOf"] == [
        {
            "if": {"required": ["plan"], "properties": {"plan": {"const": "b"}}},
            "then": {"required": ["why"]},
            "else": {"properties": {"why": False}},
        }
    ]
    assert (await read(coach, form, "/schema")).json() == schema
