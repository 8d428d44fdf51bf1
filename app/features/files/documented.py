"""What files' routes say of themselves in the API's description."""

from typing import Any

from app.core.archives import ArchiveTooLarge
from app.core.arriving import UploadBrokenOff, UploadStalled
from app.core.byte_ranges import RangeNotSatisfiable
from app.core.errors import AppError, TooManyRequests
from app.core.file_names import FileNameMissing
from app.core.file_types import FileEmpty, FileExtensionMismatch, FileTypeNotAllowed
from app.core.form_files import FormUnreadable, OneFileOnly
from app.core.problem_catalogue import problems
from app.core.raster import THUMBNAIL_TYPE, ImageTooLarge
from app.core.storage import StorageUnavailable
from app.features.files.failures import FileNotAvailable, FileTooLarge, StorageFull

BINARY = {"type": "string", "format": "binary"}
FORM = {
    "type": "object",
    "properties": {"file": BINARY},
    "required": ["file"],
}

FILE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, its name in `Content-Disposition` or `?name=`, or a form "
        "with one file.",
        "content": {
            "application/octet-stream": {"schema": BINARY},
            "multipart/form-data": {"schema": FORM},
        },
    }
}
"""For a route's `openapi_extra`, where the body is a file."""

UPLOAD_REFUSALS: tuple[type[AppError], ...] = (
    FormUnreadable,
    OneFileOnly,
    UploadBrokenOff,
    UploadStalled,
    FileTooLarge,
    StorageFull,
    FileTypeNotAllowed,
    FileExtensionMismatch,
    FileEmpty,
    FileNameMissing,
    ImageTooLarge,
    ArchiveTooLarge,
    TooManyRequests,
    StorageUnavailable,
)

CONTENT = {"application/octet-stream": {"schema": BINARY}}
CONTENT_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file, as its own media type", "content": CONTENT},
    206: {"description": "The part that `Range` asks for", "content": CONTENT},
    304: {"description": "Not changed since the `If-None-Match`"},
    **problems(FileNotAvailable, RangeNotSatisfiable, StorageUnavailable),
}
"""For a route's `responses`, where the answer is a file."""

THUMBNAIL_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture", "content": {THUMBNAIL_TYPE: {"schema": BINARY}}},
    304: {"description": "Not changed since the `If-None-Match`"},
    **problems(StorageUnavailable),
}
"""The same, where it is a thumbnail."""
