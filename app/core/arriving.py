"""A request's body piece by piece, however slowly it comes, and the name it came under."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import monotonic

from starlette.requests import ClientDisconnect, Request

from app.core.errors import AppError
from app.core.file_names import name_in_disposition
from app.core.form_files import FormFile
from app.core.http_errors import BadRequest, UnsupportedMediaType

LONGEST_SILENCE = 60.0
"""Seconds between two pieces."""

LONGEST_UPLOAD = 3600.0
"""Seconds from the first piece to the last; the sweep of broken uploads counts on it."""

FORM = "multipart/form-data"


class UploadBrokenOff(BadRequest):
    """The caller hung up in the middle; nothing was kept."""

    code, title = "upload_broken_off", "The upload broke off"


class UploadStalled(AppError):
    """Nothing arrived for a minute, or not all of it within an hour (RFC 9110 15.5.9)."""

    status, code, title = 408, "upload_stalled", "The upload stalled"


@dataclass(frozen=True, slots=True)
class Arriving:
    """A file on its way: the name given in headers, if any, and its content."""

    name: str | None
    chunks: AsyncIterator[bytes]


async def arriving_file(request: Request) -> Arriving:
    """The file a request brings: the body itself, or the one file of a multipart form.

    Raises UnsupportedMediaType (415) for compressed bodies, OneFileOnly and FormUnreadable (400);
    while it is read UploadBrokenOff (400), UploadStalled (408) and BodyTooLarge (413) as well.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() == FORM:
        form = FormFile(_pieces(request), content_type)
        await form.start()
        return Arriving(form.name, form.chunks())
    disposition = request.headers.get("content-disposition")
    return Arriving(disposition and name_in_disposition(disposition), _pieces(request))


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    stream = request.stream()
    last_call = monotonic() + LONGEST_UPLOAD
    while True:
        try:
            async with asyncio.timeout(min(LONGEST_SILENCE, last_call - monotonic())):
                piece = await anext(stream, b"")
        except ClientDisconnect:
            raise UploadBrokenOff from None
        except TimeoutError:
            raise UploadStalled(headers={"Connection": "close"}) from None
        if not piece:
            return
        yield piece
