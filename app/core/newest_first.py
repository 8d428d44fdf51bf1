"""Lists of the newest first: UUIDv7 ids are their order, and one id is the whole cursor."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from app.core.fields import Out
from app.core.paging import Page, PageQuery, cut_page, decode_cursor

ORDER = "newest_first"

Answer = TypeVar("Answer", bound=Out)


def last_seen(query: PageQuery) -> UUID | None:
    """The id that the page before ended with; None on the first. Raises InvalidCursor (422)."""
    if query.cursor is None:
        return None
    row_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return row_id


def newest_first(
    kind: type[Page[Answer]],
    rows: Sequence[Any],
    query: PageQuery,
    out: Callable[[Any], Answer],
) -> Page[Answer]:
    """A page out of up to `limit + 1` rows with an `id`, each as its answer."""
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return kind.model_construct(
        data=[out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )
