"""JSON as RFC 8259 has it, with the limits a database needs."""

from collections.abc import Iterator
from typing import Any

import pydantic_core
from starlette.datastructures import UploadFile
from starlette.requests import Request

from app.core.errors import Invalid
from app.core.http_errors import InvalidJson
from app.core.validation_errors import json_pointer

NUL = "\x00"
ESCAPED_NUL = rb"\u0000"


class StrictRequest(Request):
    """A request whose JSON is read strictly.

    No NaN or Infinity, no lone surrogates, UTF-8 only, at most about 200 levels (InvalidJson),
    and no NUL in any string (Invalid): PostgreSQL text can't hold it.
    """

    async def json(self) -> Any:
        """The parsed body, parsed once."""
        if not hasattr(self, "_json"):
            self._json = parse_json(await self.body())
        return self._json


def parse_json(body: bytes) -> Any:
    """The value of a JSON text; raises InvalidJson, or Invalid for a NUL in a string."""
    try:
        value = pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise InvalidJson(_reason(error)) from None
    if ESCAPED_NUL in body:
        refuse_nul(value)
    return value


def _reason(error: ValueError) -> str | None:
    """Where the parser stopped; a UnicodeDecodeError would quote the bytes."""
    return None if isinstance(error, UnicodeError) else str(error)[:200]


def refuse_nul(value: Any) -> None:
    """Raise Invalid, pointing at it, when a string anywhere in `value` holds U+0000."""
    found = next(_nul_places(value), None)
    if found is not None:
        raise _nul_at(found)


async def refuse_nul_in_form(request: Request) -> None:
    """Raise Invalid when a form's text or name holds U+0000."""
    for name, value in (await request.form()).multi_items():
        text = value.filename or "" if isinstance(value, UploadFile) else value
        if NUL in name or NUL in text:
            raise _nul_at([name])


def _nul_at(path: list[object]) -> Invalid:
    pointer = json_pointer([str(name).replace(NUL, "") for name in path])
    detail = "The character U+0000 is not allowed"
    return Invalid(
        errors=[{"in": "body", "pointer": pointer, "code": "nul_character", "detail": detail}]
    )


def _nul_places(root: Any) -> Iterator[list[object]]:
    """The paths to strings with a NUL; a stack, because callers choose the depth."""
    waiting: list[tuple[Any, list[object]]] = [(root, [])]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, str) and NUL in value:
            yield path
        elif isinstance(value, dict):
            waiting.extend((key, [*path, key]) for key in value)
            waiting.extend((item, [*path, key]) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend((item, [*path, index]) for index, item in enumerate(value))
