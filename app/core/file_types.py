"""Which kinds of files are taken: told by their content, which the extension must agree with."""

from collections.abc import Mapping
from dataclasses import dataclass

import filetype

from app.core.errors import Invalid
from app.core.http_errors import UnsupportedMediaType
from app.core.texts import is_text, looks_active

HEAD_BYTES = 8192
"""How much of a file its type is told by."""


class FileTypeNotAllowed(UnsupportedMediaType):
    """The content is of a kind that is not taken: a page, a program, a document with macros..."""

    code, title = "file_type_not_allowed", "Files of this type are not taken"


class FileExtensionMismatch(UnsupportedMediaType):
    """The name's extension says something else than the content."""

    code, title = "file_extension_mismatch", "The file's content doesn't match its name"


class FileEmpty(Invalid):
    """The file has no bytes."""

    code, title = "file_empty", "The file is empty"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file; `extensions` without dots, the usual one first.

    `inline`: browsers may show it in place. `picture`: Pillow reads it. `archive`: a zip inside.
    """

    media_type: str
    extensions: tuple[str, ...]
    inline: bool = False
    picture: bool = False
    archive: bool = False


def _picture(media_type: str, *extensions: str) -> FileType:
    return FileType(media_type, extensions, inline=True, picture=True)


def _archive(media_type: str, extension: str) -> FileType:
    return FileType(media_type, (extension,), archive=True)


OFFICE, OPEN = "application/vnd.openxmlformats-officedocument", "application/vnd.oasis.opendocument"

DOCX = _archive(f"{OFFICE}.wordprocessingml.document", "docx")
XLSX = _archive(f"{OFFICE}.spreadsheetml.sheet", "xlsx")
PPTX = _archive(f"{OFFICE}.presentationml.presentation", "pptx")
ODT = _archive(f"{OPEN}.text", "odt")
ODS = _archive(f"{OPEN}.spreadsheet", "ods")
ODP = _archive(f"{OPEN}.presentation", "odp")
ZIP = _archive("application/zip", "zip")

PDF = FileType("application/pdf", ("pdf",), inline=True)
TEXTS = (
    FileType("text/plain", ("txt", "text", "log", "srt", "vtt")),
    FileType("text/markdown", ("md", "markdown")),
    FileType("text/csv", ("csv", "tsv")),
    FileType("text/calendar", ("ics",)),
    FileType("text/vcard", ("vcf",)),
    FileType("application/json", ("json",)),
)
ARCHIVES = (ZIP, DOCX, XLSX, PPTX, ODT, ODS, ODP)
MOVIES = (
    FileType("video/mp4", ("mp4", "m4v")),
    FileType("video/quicktime", ("mov",)),
    FileType("audio/mp4", ("m4a",)),
)
"""One container format: the content doesn't always tell which of them was meant."""

JPEG = (_picture("image/jpeg", "jpg", "jpeg", "jpe"),)
PNG = (_picture("image/png", "png"),)
DETECTED: Mapping[str, tuple[FileType, ...]] = {
    "image/jpeg": JPEG,
    "image/png": PNG,
    "image/apng": PNG,
    "image/gif": (_picture("image/gif", "gif"),),
    "image/webp": (_picture("image/webp", "webp"),),
    "image/avif": (_picture("image/avif", "avif"),),
    "image/heic": (FileType("image/heic", ("heic", "heif")),),
    "audio/mpeg": (FileType("audio/mpeg", ("mp3",)),),
    "audio/ogg": (FileType("audio/ogg", ("ogg", "oga", "opus")),),
    "audio/x-wav": (FileType("audio/wav", ("wav",)),),
    "audio/x-flac": (FileType("audio/flac", ("flac",)),),
    "audio/aac": (FileType("audio/aac", ("aac",)),),
    "audio/mp4": MOVIES,
    "video/mp4": MOVIES,
    "video/x-m4v": MOVIES,
    "video/quicktime": MOVIES,
    "video/webm": (FileType("video/webm", ("webm",)),),
}
"""What may be meant by each type that the filetype library finds."""

ALL_TYPES = (PDF, *TEXTS, *ARCHIVES, *(kind for kinds in DETECTED.values() for kind in kinds))
BY_MEDIA_TYPE: Mapping[str, FileType] = {kind.media_type: kind for kind in ALL_TYPES}


def file_type(head: bytes, extension: str) -> FileType:
    """The kind of a file that begins with `head`; without an extension, the likeliest.

    What is inside an archive, and how large a picture gets, is for `inspect_file` to see.
    Raises FileEmpty (422), FileTypeNotAllowed and FileExtensionMismatch (415).
    """
    if not head:
        raise FileEmpty
    candidates = _candidates(head)
    if not candidates:
        raise FileTypeNotAllowed
    for kind in candidates:
        if not extension or extension.lower() in kind.extensions:
            return kind
    likeliest = candidates[0].extensions[0]
    raise FileExtensionMismatch(f"The content looks like a .{likeliest} file.")


def _candidates(head: bytes) -> tuple[FileType, ...]:
    if head.startswith(b"%PDF-"):
        return (PDF,)
    if is_text(head):
        return () if looks_active(head) else TEXTS
    if head.startswith(b"PK\x03\x04"):
        return ARCHIVES
    found = filetype.guess_mime(head[:HEAD_BYTES])
    return DETECTED.get(found or "", ())
