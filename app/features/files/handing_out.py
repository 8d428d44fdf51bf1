"""Downloads: whole or in part, of what somebody is known to see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Row

from app.core.byte_ranges import Part, requested_part
from app.core.errors import NotFound
from app.core.etags import not_modified
from app.core.file_names import disposition
from app.core.file_types import BY_MEDIA_TYPE
from app.core.head import asked_by_head
from app.core.raster import THUMBNAIL_TYPE
from app.core.storage import READ_BYTES, ObjectMissing, Storage, StorageUnavailable
from app.features.files.failures import FileNotAvailable
from app.features.files.viewing import Viewer
from app.repositories.file_cards import FileCard
from app.repositories.files import FileRepository

log = structlog.get_logger(__name__)

ISOLATED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Opened by itself a file can do nothing, whatever its bytes; portals on other origins show it."""

PRIVATE = "private, no-cache"
"""Browsers may keep it, and ask each time whether they still may see it."""


@dataclass(frozen=True, slots=True)
class Download:
    """A version of a file, about to be sent."""

    name: str
    media_type: str
    storage_key: str
    size: int
    sha256: str

    @property
    def tag(self) -> str:
        """The strong entity tag: the content's own digest."""
        return f'"{self.sha256[:32]}"'

    def headers(self) -> dict[str, str]:
        """What is said of it, whole or in part."""
        inline = BY_MEDIA_TYPE[self.media_type].inline
        return {
            "ETag": self.tag,
            "Accept-Ranges": "bytes",
            "Content-Disposition": disposition(self.name, inline=inline),
            "Cache-Control": PRIVATE,
            **ISOLATED,
        }


async def download(request: Request, viewer: Viewer, file_id: UUID, number: int | None) -> Response:
    """The content of a file's current version, or of another; no connection is held meanwhile.

    Raises NotFound, FileNotAvailable (409) and RangeNotSatisfiable (416).
    """
    card, shown = await _shown(viewer, file_id, number)
    if shown.state != "available":
        raise FileNotAvailable(shown.state)
    found = Download(card.name, shown.media_type, shown.storage_key, shown.size, shown.sha256)
    return await _sent(request, viewer.runtime.storage, found)


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


async def _sent(request: Request, storage: Storage, found: Download) -> Response:
    headers = found.headers()
    unchanged = not_modified(request, found.tag)
    if unchanged:
        unchanged.headers.update(headers)
        return unchanged
    part = None if asked_by_head(request) else _part(request, found)
    sent = part or Part(0, found.size, found.size)
    headers["Content-Type"] = found.media_type
    headers["Content-Length"] = str(sent.length)
    if part:
        headers["Content-Range"] = part.header
    if asked_by_head(request):
        return Response(headers=headers)
    pieces = await _pieces(storage, found.storage_key, sent)
    return StreamingResponse(pieces, status_code=206 if part else 200, headers=headers)


def _part(request: Request, found: Download) -> Part | None:
    """The part asked for, unless it was asked for of another content (RFC 9110 13.1.5)."""
    if request.headers.get("if-range", found.tag) != found.tag:
        return None
    return requested_part(request.headers.get("range"), found.size)


async def _pieces(storage: Storage, key: str, part: Part) -> AsyncIterator[bytes]:
    """The content, its first piece read at once: what fails there can still be answered."""
    middle = min(part.start + READ_BYTES, part.end)
    try:
        first = await storage.read(key, part.start, middle)
    except ObjectMissing:
        log.exception("file_object_missing", key=key)
        raise StorageUnavailable from None
    return _continued(first, storage.stream(key, middle, part.end))


async def _continued(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


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
