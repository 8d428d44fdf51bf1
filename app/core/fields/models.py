"""The base models of what comes in and what goes out."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema

UNCOERCED = frozenset({"int", "float", "bool"})


def _make_strict(node: Any) -> None:
    if isinstance(node, dict):
        kind = node.get("type")  # among the fields of a model, a field of that name
        if isinstance(kind, str) and kind in UNCOERCED:
            node["strict"] = True
        for name, child in node.items():
            if not name == kind == "default":  # a default value is no schema
                _make_strict(child)
    elif isinstance(node, list):
        for child in node:
            _make_strict(child)


class In(BaseModel):
    """A body: unknown members are refused, and `true`, `"5"` and `1.0` never become numbers.

    Strictness is set number by number, because a strict model would refuse ids and instants,
    which JSON can only spell as strings.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        """The model's schema with every number and boolean in it made strict."""
        schema = handler(source)
        _make_strict(schema)
        return schema


class Filters(BaseModel):
    """A query string: unknown parameters are refused; numbers are read from their text."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Out(BaseModel):
    """An answer, read from attributes. Has no defaults, so clients see every member as present."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a default as soon as a subclass is written."""
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            if not field.is_required():
                raise TypeError(f"{cls.__name__}.{name} has a default; answers have none")

    @classmethod
    def model_construct(  # type: ignore[override]  # the plugin's signature calls the class _cls
        cls, _fields_set: set[str] | None = None, **values: Any
    ) -> Self:
        """An answer of values that are right already, all of them by the members' names.

        Pydantic's own looks each member up for an alias and a default, which no answer has: on a
        list of fifty that took more than half of the whole request.
        """
        made = cls.__new__(cls)
        put = object.__setattr__
        put(made, "__dict__", values)
        put(made, "__pydantic_fields_set__", _fields_set or set(values))
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made
