"""Values of the practice's own fields."""

from typing import Any

import pytest

from tests.features.contacts.adding import add_contact, define_field
from tests.make import Make, Person

FIELDS: dict[str, dict[str, Any]] = {
    "story": {"kind": "text"},
    "size": {"kind": "number"},
    "since": {"kind": "date"},
    "level": {"kind": "select", "options": ["Beginner", "Pro"]},
    "consent": {"kind": "boolean"},
}


async def practice_with_fields(make: Make) -> Person:
    coach = await make.coach()
    for key, field in FIELDS.items():
        await define_field(coach, key=key, **field)
    return coach


@pytest.mark.parametrize(
    ("key", "sent", "kept"),
    [
        ("story", "two\nlines", "two\nlines"),
        ("story", "  trimmed ", "trimmed"),
        ("size", 41, 41),
        ("size", 41.5, 41.5),
        ("size", 0, 0),
        ("size", -(2**53 - 1), -(2**53 - 1)),
        ("since", "2024-02-29", "2024-02-29"),
        ("level", "Pro", "Pro"),
        ("consent", False, False),
    ],
)
async def test_each_kind_keeps_its_values(make: Make, key: str, sent: Any, kept: Any):
    coach = await practice_with_fields(make)
    contact = await add_contact(coach, custom_fields={key: sent})
    assert contact["custom_fields"] == {key: kept}
    read = (await coach.http.get(f"/v1/contacts/{contact['id']}")).json()["custom_fields"]
    assert read == {key: kept}
    assert type(read[key]) is type(kept)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("story", 7, "invalid_custom_field"),
        ("story", "x" * 2001, "invalid_custom_field"),
        ("story", "bell \x07", "invalid_custom_field"),
        ("story", ["a"], "invalid_custom_field"),
        ("size", "41", "invalid_custom_field"),
        ("size", True, "invalid_custom_field"),
        ("size", 10**400, "invalid_custom_field"),
        ("size", 1e300, "invalid_custom_field"),
        ("since", "29.02.2024", "invalid_custom_field"),
        ("since", "2023-02-29", "invalid_custom_field"),
        ("since", 7, "invalid_custom_field"),
        ("since", "2024-02-29T00:00:00Z", "invalid_custom_field"),
        ("level", "pro", "invalid_custom_field"),
        ("level", ["Pro"], "invalid_custom_field"),
        ("level", {}, "invalid_custom_field"),
        ("consent", 1, "invalid_custom_field"),
        ("consent", "true", "invalid_custom_field"),
        ("unheard_of", "x", "unknown_custom_field"),
        ("", "x", "unknown_custom_field"),
    ],
)
async def test_a_value_its_field_cannot_hold_is_refused(
    make: Make, key: str, value: Any, code: str
):
    coach = await practice_with_fields(make)
    body = {"first_name": "Maya", "custom_fields": {"consent": True, key: value}}
    answer = await coach.http.post("/v1/contacts", json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == (f"/custom_fields/{key}", code)


async def test_a_value_with_nul_is_refused(make: Make):
    coach = await practice_with_fields(make)
    body = {"first_name": "Maya", "custom_fields": {"story": "a\x00b"}}
    answer = await coach.http.post("/v1/contacts", json=body)
    assert answer.json()["errors"][0]["pointer"] == "/custom_fields/story"


async def test_every_wrong_value_is_named_at_once(make: Make):
    coach = await practice_with_fields(make)
    body = {"custom_fields": {"size": "x", "level": "y", "story": "fine", "other": 1}}
    answer = await coach.http.post("/v1/contacts", json={"first_name": "Maya", **body})
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {f"/custom_fields/{key}" for key in ("size", "level", "other")}


async def test_values_are_merged_and_null_removes_one(make: Make):
    coach = await practice_with_fields(make)
    contact = await add_contact(coach, custom_fields={"size": 41, "level": "Pro"})
    url = f"/v1/contacts/{contact['id']}"
    body = {"custom_fields": {"level": None, "story": "new"}}
    changed = (await coach.http.patch(url, json=body)).json()
    assert changed["custom_fields"] == {"size": 41, "story": "new"}
    entry = (await coach.http.get(f"{url}/timeline")).json()["data"][0]
    assert entry["data"]["changed"] == ["custom_fields"]


async def test_another_practices_field_is_unknown(make: Make):
    await practice_with_fields(make)
    stranger = await make.coach()
    body = {"first_name": "Maya", "custom_fields": {"size": 41}}
    answer = await stranger.http.post("/v1/contacts", json=body)
    assert answer.json()["errors"][0]["code"] == "unknown_custom_field"


async def test_values_of_a_deleted_field_are_not_shown(make: Make):
    coach = await practice_with_fields(make)
    contact = await add_contact(coach, custom_fields={"size": 41, "level": "Pro"})
    await remove_field(coach, "size")
    read = (await coach.http.get(f"/v1/contacts/{contact['id']}")).json()
    assert read["custom_fields"] == {"level": "Pro"}
    (row,) = (await coach.http.get("/v1/contacts")).json()["data"]
    assert row == read
    await remove_field(coach, "level")
    assert (await coach.http.get("/v1/contacts")).json()["data"][0]["custom_fields"] == {}


async def test_a_field_of_the_same_name_starts_empty(make: Make):
    coach = await practice_with_fields(make)
    contact = await add_contact(coach, custom_fields={"size": 41, "level": "Pro"})
    await remove_field(coach, "size")
    await define_field(coach, key="size", kind="text")
    read = (await coach.http.get(f"/v1/contacts/{contact['id']}")).json()
    assert read["custom_fields"] == {"level": "Pro"}
    assert read["version"] == contact["version"]


async def remove_field(coach: Person, key: str) -> None:
    fields = (await coach.http.get("/v1/custom-fields")).json()["data"]
    (field_id,) = [field["id"] for field in fields if field["key"] == key]
    assert (await coach.http.delete(f"/v1/custom-fields/{field_id}")).status_code == 204
