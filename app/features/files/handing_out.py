"""Downloads: whole or in part, of what somebody is known to see."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy import Row

from app.core.downloads import ISOLATED, PRIVATE, Download, sent
from app.core.errors import NotFound
from app.core.etags import not_modified
from app.core.raster import THUMBNAIL_TYPE
from app.core.storage import ObjectMissing, Storage
from app.features.files.failures import FileNotAvailable
from app.features.files.viewing import Viewer
from app.repositories.file_cards import FileCard
from app.repositories.files import FileRepository


async def download(request: Request, viewer: Viewer, file_id: UUID, number: int | None) -> Response:
    """The content of a file's current version, or of another; no connection is held meanwhile.

    Raises NotFound, FileNotAvailable (409) and RangeNotSatisfiable (416).
    """
    card, shown = await _shown(viewer, file_id, number)
    if shown.state != "available":
        raise FileNotAvailable(shown.state)
    found = Download(card.name, shown.media_type, shown.storage_key, shown.size, shown.sha256)
    return await sent(request, viewer.runtime.storage, found)


async def _shown(
    viewer: Viewer, file_id: UUID, number: int | None
) -> tuple[FileCard, FileCard | Row[Any]]:
    """A file, and its version with this number, by default the current one."""
    async with viewer.runtime.database.reading(viewer.audience.workspace_id) as session:
        files = FileRepository(session, viewer.audience)
        card = await files.card(file_id)
        if number is None or number == card.number:
            return card, card
        return card, await files.version(file_id, number)


async def thumbnail(
    request: Request, viewer: Viewer, file_id: UUID, number: int | None
) -> Response:
    """The small picture of a file's current version, or of another; NotFound without one."""
    _, shown = await _shown(viewer, file_id, number)
    if shown.thumbnail_key is None or shown.state != "available":
        raise NotFound
    tag = f'"{shown.thumbnail_key[-32:]}"'
    headers = {"ETag": tag, "Cache-Control": PRIVATE, **ISOLATED}
    unchanged = not_modified(request, tag)
    if unchanged:
        unchanged.headers.update(headers)
        return unchanged
    content = await _small(viewer.runtime.storage, shown.thumbnail_key)
    return Response(content, media_type=THUMBNAIL_TYPE, headers=headers)


async def _small(storage: Storage, key: str) -> bytes:
    try:
        return await storage.read_whole(key)
    except ObjectMissing:
        raise NotFound from None
