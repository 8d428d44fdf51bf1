from typing import Annotated
from uuid import UUID

import pytest
from pydantic import Field, JsonValue, ValidationError

from app.core.fields import Filters, In, Int4, Int8, Money


class Inner(In):
    flag: bool


class Thing(In):
    count: int = 0
    share: float = 0.0
    flag: bool = False
    small: Int4 = 0
    large: Int8 = 0
    name: str = ""
    counts: Annotated[list[int], Field(default_factory=list)]
    by_name: Annotated[dict[str, int], Field(default_factory=dict)]
    either: int | str | None = None
    inner: Inner | None = None
    price: Money | None = None
    id: UUID | None = None


@pytest.mark.parametrize(
    "wrong",
    [
        *({"count": "5"}, {"count": 1.0}, {"count": True}, {"share": "1.5"}, {"share": True}),
        *({"flag": "true"}, {"flag": 1}, {"flag": "yes"}, {"name": 5}, {"name": True}),
        *({"counts": ["5"]}, {"counts": [1.0]}, {"counts": 5}, {"counts": "12"}),
        *({"by_name": {"a": "5"}}, {"inner": {"flag": "true"}}, {"either": 1.0}),
        *({"small": 2**31}, {"small": -(2**31) - 1}, {"large": 2**53}, {"large": 10**4000}),
        *({"price": {"amount_minor": "1", "currency": "EUR"}}, {"price": {"amount_minor": 1}}),
        *({"price": {"amount_minor": 1.5, "currency": "EUR"}}, {"id": 5}, {"unknown": 1}),
        *({"price": {"amount_minor": 1, "currency": "EUR", "x": 1}}, {"inner": {}}),
    ],
)
def test_values_of_another_type_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Thing.model_validate(wrong)


@pytest.mark.parametrize(
    "right",
    [
        *(
            {"count": 5},
            {"share": 1.5},
            {"share": 2},
            {"flag": True},
            {"either": 5},
            {"either": "5"},
        ),
        *({"counts": [1, 2]}, {"by_name": {"a": 1}}, {"inner": {"flag": False}}, {"small": -1}),
        *({"large": 2**53 - 1}, {"price": {"amount_minor": -500, "currency": "EUR"}}),
        {"id": "01a202b1-9912-70f1-9c48-f39968f0c6e5"},
    ],
)
def test_values_of_the_type_are_taken(right: dict[str, object]) -> None:
    kept = Thing.model_validate(right).model_dump(mode="json", include=set(right))

    assert kept == right


class OddlyNamed(In):
    type: int = 0
    default: int = 0
    schema_of: Annotated[dict[str, JsonValue], Field(default={"type": "int"})]


@pytest.mark.parametrize("name", ["type", "default"])
def test_names_that_schemas_use_too_make_no_hole(name: str) -> None:
    with pytest.raises(ValidationError):
        OddlyNamed.model_validate({name: "5"})


def test_default_values_stay_as_they_were_written() -> None:
    assert OddlyNamed.model_validate({}).schema_of == {"type": "int"}


def test_a_query_string_is_read_from_text() -> None:
    class Query(Filters):
        limit: int
        archived: bool

    query = Query.model_validate({"limit": "5", "archived": "true"})

    assert (query.limit, query.archived) == (5, True)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValidationError):
        Filters.model_validate({"offset": "5"})


def test_an_error_does_not_repeat_the_input() -> None:
    with pytest.raises(ValidationError) as refused:
        Thing.model_validate({"count": "hunter2"})

    assert "hunter2" not in str(refused.value)
