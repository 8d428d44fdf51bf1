"""Values of the practice's own fields, each held to its field's definition."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter

from app.core.errors import Invalid
from app.core.fields import Day, Text
from app.core.validation_errors import json_pointer
from app.models import CustomField
from app.repositories.contacts import ContactRepository
from app.repositories.custom_fields import CustomFieldRepository

LARGEST = 2**53 - 1
"""The largest number that JavaScript, too, reads exactly."""


class _Refused(ValueError):
    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail


async def checked_values(
    contacts: ContactRepository, given: Mapping[str, Any], *, kept: Mapping[str, Any]
) -> dict[str, Any]:
    """`kept` with what is `given` merged in; null removes a value, and so does a deleted field.

    Raises Invalid, pointing at each key that names no field and each value its field can't hold.
    """
    if not given:
        return dict(kept)
    defined = await CustomFieldRepository(contacts.session, contacts.workspace_id).defined()
    fields = {field.key: field for field in defined}
    values = {key: kept[key] for key in kept if key in fields} | _read_all(fields, given)
    return {key: value for key, value in values.items() if value is not None}


def _read_all(fields: Mapping[str, CustomField], given: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    errors: list[dict[str, str]] = []
    for key, value in given.items():
        try:
            values[key] = _read(fields.get(key), value)
        except _Refused as refused:
            errors.append(_problem(key, refused))
    if errors:
        raise Invalid(errors=errors)
    return values


def _problem(key: str, refused: _Refused) -> dict[str, str]:
    pointer = json_pointer(["custom_fields", key])
    return {"in": "body", "pointer": pointer, "code": refused.code, "detail": refused.detail}


def _read(field: CustomField | None, value: Any) -> Any:
    """The value as it is kept."""
    if field is None:
        raise _Refused("unknown_custom_field", "No field with this key is defined")
    if value is None:
        return None
    try:
        return READERS[field.kind](field, value)
    except ValueError:
        raise _Refused("invalid_custom_field", WANTED[field.kind]) from None


def _text(_: CustomField, value: Any) -> str:
    return _texts().validate_python(value, strict=True)


def _number(_: CustomField, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
        raise ValueError
    return value


def _date(_: CustomField, value: Any) -> str:
    return _days().validate_python(value).isoformat()


def _choice(field: CustomField, value: Any) -> Any:
    if value not in field.options:
        raise ValueError
    return value


def _yes_or_no(_: CustomField, value: Any) -> bool:
    if value is True or value is False:
        return value
    raise ValueError


@cache
def _texts() -> TypeAdapter[str]:
    return TypeAdapter(Annotated[str, Text(2000, min_length=0)])


@cache
def _days() -> TypeAdapter[date]:
    return TypeAdapter(Day)


READERS: dict[str, Callable[[CustomField, Any], Any]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "select": _choice,
    "boolean": _yes_or_no,
}

WANTED = {
    "text": "Must be text of at most 2,000 characters",
    "number": "Must be a number that JavaScript can hold",
    "date": "Must be a date, YYYY-MM-DD",
    "select": "Must be one of the field's options",
    "boolean": "Must be true or false",
}
