"""Errors inside unions point at what was sent, not at the names of the kinds that were tried."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from app.core.openapi_twins import merge_twins
from app.core.validation_errors import describe


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Box(BaseModel):
    kind: Literal["box"]
    inside: list["Pet"]


Pet = Annotated[Cat | Box, Field(discriminator="kind")]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "cat", "lives": "x"}, "/lives"),
        ({"kind": "cat"}, "/lives"),
        ({"kind": "box", "inside": [{"kind": "cat", "lives": []}]}, "/inside/0/lives"),
        ({"kind": "box", "inside": [{"kind": "box"}]}, "/inside/0/inside"),
        ({"kind": "box", "inside": [{"kind": "dog"}]}, "/inside/0"),
    ],
)
def test_only_what_was_sent_is_pointed_at(body: object, pointer: str):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Pet).validate_python(body)
    found = [{**error, "loc": ("body", *error["loc"])} for error in caught.value.errors()]

    assert [one["pointer"] for one in describe(found, body)] == [pointer]


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_twins_become_one_and_others_stay_two():
    schemas = {
        "Rule-Input": {"items": reference("Rule-Input")},
        "Rule-Output": {"items": reference("Rule-Output")},
        "Other-Input": {"items": reference("Rule-Input")},
        "Other-Output": {"items": reference("Rule-Output"), "title": "More"},
        "Whole-Input": {"items": reference("Other-Input")},
        "Whole-Output": {"items": reference("Other-Output")},
    }

    merged = merge_twins({"components": {"schemas": schemas}})["components"]["schemas"]

    assert merged["Rule"] == {"items": reference("Rule")}
    assert merged["Other-Output"]["items"] == reference("Rule")
    assert merged["Whole-Input"] == {"items": reference("Other-Input")}
    assert set(merged) == {"Rule", "Other-Input", "Other-Output", "Whole-Input", "Whole-Output"}
