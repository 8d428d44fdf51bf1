from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from app.core.fields import Instant, Out
from app.core.ids import new_id
from app.core.paging import InvalidCursor, Page, PageQuery, cut_page, decode_cursor, encode_cursor

Position = tuple[Instant, UUID]
SOME_ID = UUID("0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f")
START = datetime(2026, 11, 3, 9, 30, 0, 123456, tzinfo=UTC)


@dataclass
class Row:
    at: datetime
    id: UUID


class RowOut(Out):
    id: UUID


def rows(number: int) -> list[Row]:
    return [Row(START + timedelta(seconds=i), new_id()) for i in range(number)]


def cut(found: list[Row], limit: int) -> Page[RowOut]:
    page = cut_page(found, limit=limit, sort="created_at", key=lambda row: (row.at, row.id))
    return Page[RowOut].model_validate(page)


def test_the_last_page_has_no_cursor() -> None:
    page = cut(rows(3), 3)

    assert (len(page.data), page.next_cursor, page.has_more) == (3, None, False)


def test_a_full_page_points_behind_its_last_row() -> None:
    found = rows(4)

    page = cut(found, 3)

    assert [row.id for row in page.data] == [row.id for row in found[:3]]
    assert page.has_more
    position = decode_cursor(page.next_cursor or "", sort="created_at", shape=Position)
    assert position == (found[2].at, found[2].id)


def test_an_empty_page() -> None:
    assert cut([], 25).model_dump() == {"data": [], "next_cursor": None, "has_more": False}


def test_a_position_survives_its_cursor() -> None:
    position = ("Zoë \U0001f600", None, 7, new_id())

    cursor = encode_cursor("name", position)

    shape = tuple[str, str | None, int, UUID]
    assert decode_cursor(cursor, sort="name", shape=shape) == position
    assert cursor.isascii()
    assert "=" not in cursor


def test_a_cursor_of_another_order_is_refused() -> None:
    cursor = encode_cursor("name", (START, new_id()))

    with pytest.raises(InvalidCursor):
        decode_cursor(cursor, sort="-name", shape=Position)


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "a", "====", "☃", "bm90IGpzb24", "AAAA", "x" * 1000, "eyJhIjoxfQ", "W10", "bnVsbA"),
        encode_cursor("created_at", ()),
        encode_cursor("created_at", (START,)),
        encode_cursor("created_at", ("not an instant", SOME_ID)),
        encode_cursor("created_at", (START.replace(tzinfo=None), SOME_ID)),
        encode_cursor("created_at", (START.replace(year=1), SOME_ID)),
        encode_cursor("created_at", (START, "not an id")),
        encode_cursor("created_at", (START, SOME_ID, 1)),
        encode_cursor("created_at", (START, SOME_ID))[:-4],
    ],
)
def test_a_tampered_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor) as refused:
        decode_cursor(cursor, sort="created_at", shape=Position)

    assert (refused.value.status, refused.value.code) == (422, "invalid_cursor")


def test_a_cursor_with_nul_in_its_text_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor(encode_cursor("name", ("a\x00", 1)), sort="name", shape=tuple[str, int])


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "x", "", "1e2"])
def test_limits_are_1_to_100(limit: str) -> None:
    with pytest.raises(ValidationError):
        PageQuery.model_validate({"limit": limit})


def test_a_page_has_25_rows_unless_asked_otherwise() -> None:
    assert PageQuery().limit == 25


def test_a_page_is_named_after_what_is_on_it() -> None:
    assert Page[RowOut].__name__ == "RowOutPage"
