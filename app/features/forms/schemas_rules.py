"""When something in a form is shown: comparisons with earlier answers, joined by all, any, not."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from app.core.fields import In, Line

FieldId = Annotated[
    str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", min_length=1)
]
"""What a form calls one of its fields, and an answer the question it belongs to."""

Operator = Literal[
    "answered", "equals", "in", "contains", "less_than", "at_most", "more_than", "at_least"
]
Operand = (
    bool
    | int
    | float
    | Annotated[str, Line(500)]
    | Annotated[list[Annotated[str, Line(100)] | int], Field(min_length=1, max_length=100)]
)


class Comparison(In):
    """Whether the answer to an earlier field is so; never true while there is none.

    `answered` takes no value, `in` a list. `contains` looks into texts, case and all, and for a
    chosen value among several.
    """

    field: FieldId
    op: Operator
    value: Operand | None = None


class AllOf(In):
    """True when all of these are."""

    all: Annotated[list["Rule"], Field(min_length=1, max_length=20)]


class AnyOf(In):
    """True when at least one of these is."""

    any: Annotated[list["Rule"], Field(min_length=1, max_length=20)]


class Not(In):
    """True when this is not."""

    negated: Annotated["Rule", Field(alias="not")]


JOINTS: dict[type[In], str] = {AllOf: "all", AnyOf: "any", Not: "not"}


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return next((word for word in JOINTS.values() if word in value), "comparison")
    return JOINTS.get(type(value), "comparison")


Rule = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Comparison, Tag("comparison")],
    Discriminator(_kind),
]
