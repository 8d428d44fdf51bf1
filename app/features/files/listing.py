"""Files, their versions and those they are shown to, page by page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from app.core.paging import Page, PageQuery, cut_page, decode_cursor
from app.features.files.answers import file_out, share_out, version_out
from app.features.files.schemas import FileOut, FileShareOut, FileVersionOut, PortalFileQuery
from app.features.files.viewing import Viewer
from app.repositories.file_cards import FileCard
from app.repositories.file_shares import ShareRepository
from app.repositories.files import FileRepository

SHAPES: dict[str, type[tuple[Any, ...]]] = {"created_at": tuple[UUID], "name": tuple[str, UUID]}
KEYS: dict[str, Callable[[FileCard], tuple[Any, ...]]] = {
    "created_at": lambda card: (card.id,),
    "name": lambda card: (card.sort_name, card.id),
}
"""What each order's cursor holds."""

NEWEST_FIRST, OLDEST_FIRST = "newest_first", "oldest_first"


async def list_files(
    files: FileRepository, query: PortalFileQuery, viewer: Viewer
) -> Page[FileOut]:
    """A page of the files the viewer sees, in the order asked for."""
    order = query.sort.removeprefix("-")
    cards = await files.page(
        query.filter(),
        sort=order,
        descending=query.sort.startswith("-"),
        after=_position(query, sort=query.sort, shape=SHAPES[order]),
        limit=query.limit,
    )
    page = cut_page(cards, limit=query.limit, sort=query.sort, key=KEYS[order])
    return Page[FileOut].model_construct(
        data=[file_out(card, viewer) for card in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def list_versions(
    files: FileRepository, file_id: UUID, query: PageQuery
) -> Page[FileVersionOut]:
    """A file's versions, newest first; the other side sees the current one only."""
    await files.card(file_id)
    after = _position(query, sort=NEWEST_FIRST, shape=tuple[int])
    rows = await files.versions(file_id, before=after[0] if after else None, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=NEWEST_FIRST, key=lambda row: (row.number,))
    return Page[FileVersionOut].model_construct(
        data=[version_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def list_shares(files: FileRepository, file_id: UUID, query: PageQuery) -> Page[FileShareOut]:
    """Whom a file is shown to, longest first."""
    await files.card(file_id)
    shares = ShareRepository(files.session, files.workspace_id)
    after = _position(query, sort=OLDEST_FIRST, shape=tuple[UUID])
    rows = await shares.of_file(file_id, after=after[0] if after else None, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=OLDEST_FIRST, key=lambda row: (row.id,))
    return Page[FileShareOut].model_construct(
        data=[share_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: PageQuery, *, sort: str, shape: Any) -> tuple[Any, ...] | None:
    if query.cursor is None:
        return None
    return decode_cursor(query.cursor, sort=sort, shape=shape)
