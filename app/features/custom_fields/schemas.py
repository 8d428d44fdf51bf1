"""A practice's own fields as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.core.fields import UNCHANGED, In, Int4, Line, Out


def _distinct(options: list[str]) -> list[str]:
    if len(set(options)) < len(options):
        raise ValueError("must not repeat an option")
    return options


Kind = Literal["text", "number", "date", "select", "boolean"]
Key = Annotated[
    str,
    StringConstraints(max_length=50, pattern=r"^[a-z][a-z0-9_]*$"),
    Field(examples=["shoe_size"]),
]
Label = Annotated[str, Line(100)]
Option = Annotated[str, Line(200)]
Options = Annotated[list[Option], Field(max_length=200), AfterValidator(_distinct)]
Position = Annotated[Int4, Field(ge=0)]


class CustomFieldIn(In):
    """A new field. `options` are for a `select`, which needs one at least."""

    key: Key
    """Under which contacts' `custom_fields` keep the value; never changes."""
    label: Label
    kind: Kind
    options: Options = []
    position: Position = 0


class CustomFieldChanges(In):
    """What to change. Values that contacts hold already stay, whatever options remain."""

    label: Label = UNCHANGED
    options: Options = UNCHANGED
    position: Position = UNCHANGED


class CustomFieldOut(Out):
    """A field of the practice's own; lower positions come first."""

    id: UUID
    key: str
    label: str
    kind: Kind
    options: list[str]
    position: int
    created_at: datetime


class CustomFieldList(Out):
    """All fields of the practice's own, in its order."""

    data: list[CustomFieldOut]
