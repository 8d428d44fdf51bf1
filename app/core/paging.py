"""Lists by keyset: an opaque cursor remembers the last row, so no page skips or repeats one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import pydantic_core
from pydantic import Field, TypeAdapter

from app.core.errors import Invalid
from app.core.fields import Filters, Out

LONGEST_CURSOR = 1000

T = TypeVar("T")


class InvalidCursor(Invalid):
    """The cursor is not one this list gave out, or belongs to another sort order."""

    code, title = "invalid_cursor", "This cursor is not valid here"


Cursor = Annotated[
    str, Field(max_length=LONGEST_CURSOR, description="`next_cursor` of the page before.")
]
Limit = Annotated[int, Field(ge=1, le=100, description="Rows on a page.")]


class PageQuery(Filters):
    """What every list takes; lists with filters subclass it."""

    cursor: Cursor | None = None
    limit: Limit = 25


class Page(Out, Generic[T]):
    """One page of a list. `next_cursor` is null on the last."""

    data: list[T]
    next_cursor: str | None
    has_more: bool

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """The schema's name: a page of `ContactOut` is a `ContactOutPage`."""
        return f"{params[0].__name__}Page"


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """One page of rows; answered as `Page[...]` through `response_model`."""

    data: Sequence[T]
    next_cursor: str | None
    has_more: bool


def cut_page(
    rows: Sequence[T], *, limit: int, sort: str, key: Callable[[T], Sequence[Any]]
) -> Rows[T]:
    """A page out of up to `limit + 1` rows, which is how many to select.

    `sort` names the order of the list, `key` gives a row's values of the columns it sorts by,
    the last of them unique.
    """
    if len(rows) <= limit:
        return Rows(rows, None, has_more=False)
    page = rows[:limit]
    return Rows(page, encode_cursor(sort, key(page[-1])), has_more=True)


def encode_cursor(sort: str, position: Sequence[Any]) -> str:
    """The cursor that continues after `position` in the order named `sort`."""
    text = pydantic_core.to_json([sort, *position])
    return urlsafe_b64encode(text).rstrip(b"=").decode()


def decode_cursor(cursor: str, *, sort: str, shape: Any) -> tuple[Any, ...]:
    """The position in a cursor, as the type `shape`, say `tuple[Instant, UUID]`.

    Raises InvalidCursor (422).
    """
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        order, *position = pydantic_core.from_json(text, allow_inf_nan=False)
        values = _reader(shape).validate_python(tuple(position))
    except (ValueError, TypeError):
        raise InvalidCursor from None
    if order != sort or b"\\u0000" in text:
        raise InvalidCursor
    return tuple(values)


@cache
def _reader(shape: Any) -> TypeAdapter[tuple[Any, ...]]:
    return TypeAdapter(shape)
