"""A coach defines fields of the practice's own."""

from typing import Any

import pytest

from app.features.custom_fields import service
from tests.features.contacts.adding import add_contact, define_field
from tests.make import Make, Person


async def keys(coach: Person) -> list[str]:
    answer = await coach.http.get("/v1/custom-fields")
    return [field["key"] for field in answer.json()["data"]]


async def test_a_field_comes_back_as_it_was_defined(make: Make):
    coach = await make.coach()
    sent = {"key": "level", "label": "Level", "kind": "select", "options": ["A", "B"]}
    field = await define_field(coach, **sent)
    assert field == {**field, **sent, "position": 0}
    assert (await coach.http.get("/v1/custom-fields")).json()["data"] == [field]


async def test_fields_are_in_the_practices_order(make: Make):
    coach = await make.coach()
    await define_field(coach, key="second", kind="text", position=2)
    await define_field(coach, key="first", kind="text", position=1)
    await define_field(coach, key="third", kind="text", position=2)
    assert await keys(coach) == ["first", "second", "third"]


async def test_a_key_is_taken_once_in_each_practice(make: Make):
    coach, other = await make.coach(), await make.coach()
    await define_field(coach, key="size", kind="number")
    await define_field(other, key="size", kind="number")
    body = {"key": "size", "label": "Again", "kind": "text"}
    answer = await coach.http.post("/v1/custom-fields", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "custom_field_key_taken")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"key": "Size"}, "/key"),
        ({"key": "1st"}, "/key"),
        ({"key": "shoe size"}, "/key"),
        ({"key": ""}, "/key"),
        ({"key": "x" * 51}, "/key"),
        ({"label": ""}, "/label"),
        ({"kind": "url"}, "/kind"),
        ({"kind": "select"}, "/options"),
        ({"kind": "select", "options": []}, "/options"),
        ({"kind": "select", "options": ["A", " A "]}, "/options"),
        ({"kind": "select", "options": [""]}, "/options/0"),
        ({"kind": "text", "options": ["A"]}, "/options"),
        ({"position": -1}, "/position"),
        ({"position": 2**31}, "/position"),
        ({"position": True}, "/position"),
        ({"required": True}, "/required"),
    ],
)
async def test_a_definition_that_makes_no_sense_is_refused(
    make: Make, body: dict[str, Any], pointer: str
):
    coach = await make.coach()
    field = {"key": "size", "label": "Size", "kind": "text"}
    answer = await coach.http.post("/v1/custom-fields", json={**field, **body})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await keys(coach) == []


async def test_label_options_and_place_may_change(make: Make):
    coach = await make.coach()
    field = await define_field(coach, key="level", kind="select", options=["A"])
    contact = await add_contact(coach, custom_fields={"level": "A"})
    changes = {"label": "New", "options": ["B", "C"], "position": 3}
    answer = await coach.http.patch(f"/v1/custom-fields/{field['id']}", json=changes)
    assert answer.json() == {**field, **changes}
    assert (await coach.http.get("/v1/custom-fields")).json()["data"] == [answer.json()]
    url = f"/v1/contacts/{contact['id']}"
    assert (await coach.http.get(url)).json()["custom_fields"] == {"level": "A"}
    assert (await coach.http.patch(url, json={"custom_fields": {"level": "A"}})).is_client_error


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"key": "other"}, "/key"),
        ({"kind": "text"}, "/kind"),
        ({"options": []}, "/options"),
        ({"options": None}, "/options"),
        ({"label": None}, "/label"),
        ({"position": None}, "/position"),
    ],
)
async def test_what_a_field_is_never_changes(make: Make, changes: dict[str, Any], pointer: str):
    coach = await make.coach()
    field = await define_field(coach, key="level", kind="select", options=["A"])
    answer = await coach.http.patch(f"/v1/custom-fields/{field['id']}", json=changes)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_practice_has_a_limit_of_fields(make: Make, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MOST_FIELDS", 2)
    coach = await make.coach()
    await define_field(coach, key="one", kind="text")
    await define_field(coach, key="two", kind="text")
    body = {"key": "three", "label": "Three", "kind": "text"}
    answer = await coach.http.post("/v1/custom-fields", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_custom_fields")


async def test_a_deleted_field_is_gone(make: Make):
    coach = await make.coach()
    field = await define_field(coach, key="size", kind="number")
    url = f"/v1/custom-fields/{field['id']}"
    assert (await coach.http.delete(url)).status_code == 204
    assert await keys(coach) == []
    assert (await coach.http.delete(url)).status_code == 404
    assert (await coach.http.patch(url, json={"label": "Back"})).status_code == 404


async def test_an_assistant_defines_fields_but_deletes_none(make: Make):
    owner = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)
    field = await define_field(assistant, key="size", kind="number")
    answer = await assistant.http.delete(f"/v1/custom-fields/{field['id']}")
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
