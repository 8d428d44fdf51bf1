"""What is stored, sent: whole or in part, with an entity tag, unable to do anything by itself."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from app.core.byte_ranges import Part, requested_part
from app.core.etags import not_modified
from app.core.file_names import disposition
from app.core.file_types import BY_MEDIA_TYPE
from app.core.head import asked_by_head
from app.core.storage import READ_BYTES, ObjectMissing, Storage, StorageUnavailable

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
    """An object of the store, about to be sent under a name; `sha256` in hex, `size` in bytes."""

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


async def sent(request: Request, storage: Storage, found: Download) -> Response:
    """The object, or the part that `Range` asks for, or 304; no database is held meanwhile.

    Raises RangeNotSatisfiable (416) and StorageUnavailable (503).
    """
    headers = found.headers()
    unchanged = not_modified(request, found.tag)
    if unchanged:
        unchanged.headers.update(headers)
        return unchanged
    part = None if asked_by_head(request) else _part(request, found)
    whole = part or Part(0, found.size, found.size)
    headers["Content-Type"] = found.media_type
    headers["Content-Length"] = str(whole.length)
    if part:
        headers["Content-Range"] = part.header
    if asked_by_head(request):
        return Response(headers=headers)
    pieces = await _pieces(storage, found.storage_key, whole)
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
