"""Zip archives, and the documents that are zips inside: what they are, and what they may not be.

Only the table of contents is read; nothing is unpacked but the one entry that names the kind.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

from app.core.errors import AppError, Invalid
from app.core.file_types import (
    DOCX,
    ODP,
    ODS,
    ODT,
    PPTX,
    XLSX,
    ZIP,
    FileType,
    FileTypeNotAllowed,
)

MOST_ENTRIES = 10_000
LONGEST_TABLE = 4 * 1024 * 1024
"""Bytes of the table of contents; it is read into memory whole."""

LARGEST_UNPACKED = 1024**3
SUSPICIOUS_FROM = 50 * 1024 * 1024
LARGEST_RATIO = 200
"""Unpacked over packed size; an archive of some size beyond it is a bomb."""

LONGEST_NAMING_ENTRY = 256 * 1024

OFFICE_KINDS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
    b"presentationml.slideshow.main+xml": PPTX,
}
OPEN_KINDS = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}
OFFICE_NAMING, OPEN_NAMING = "[content_types].xml", "mimetype"
"""The entries that tell what a document is (ECMA-376 part 2; OpenDocument part 2)."""

MACROS = re.compile(r"(^|/)(vba(project|data)|macrosheets/|activex/)|^(basic|scripts)/")

COMMON_PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How documents are packed; other methods may want much memory."""


class ArchiveTooLarge(Invalid):
    """Unpacked, the archive would be far larger than anybody expects of it."""

    code, title = "archive_too_large", "The archive holds too much"


def archive_kind(file: BinaryIO) -> FileType:
    """What kind of archive, or of document, this is; it blocks.

    Raises ArchiveTooLarge (422), and FileTypeNotAllowed (415) for macros and for what is broken.
    """
    try:
        with zipfile.ZipFile(cast("BinaryIO", _Bounded(file))) as archive:
            entries = {entry.filename.lower(): entry for entry in archive.infolist()}
            _check_size(archive.infolist())
            return _kind(archive, entries)
    except AppError:
        raise
    except Exception as error:  # zipfile and its decoders fail in many ways
        raise FileTypeNotAllowed("The archive can't be read.") from error


class _Bounded:
    """A file that gives no more at once than a table of contents may have."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.close = file.seek, file.tell, file.close

    def read(self, size: int = -1, /) -> bytes:
        if size > LONGEST_TABLE:
            raise ArchiveTooLarge
        return self._file.read(size)

    def seekable(self) -> bool:
        return True


def _check_size(entries: Sequence[zipfile.ZipInfo]) -> None:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    bomb = unpacked > SUSPICIOUS_FROM and unpacked > packed * LARGEST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or bomb:
        raise ArchiveTooLarge


def _kind(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> FileType:
    if any(MACROS.search(name) for name in entries):
        raise FileTypeNotAllowed("Documents with macros are not taken.")
    if OFFICE_NAMING in entries:
        return _office_kind(_start_of(archive, entries[OFFICE_NAMING]))
    if OPEN_NAMING in entries:
        return OPEN_KINDS.get(_start_of(archive, entries[OPEN_NAMING]).strip(), ZIP)
    return ZIP


def _office_kind(content_types: bytes) -> FileType:
    if b"macroenabled" in content_types.lower():
        raise FileTypeNotAllowed("Documents with macros are not taken.")
    for mark, kind in OFFICE_KINDS.items():
        if mark in content_types:
            return kind
    raise FileTypeNotAllowed


def _start_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in COMMON_PACKING:
        raise FileTypeNotAllowed
    with archive.open(entry) as content:
        return content.read(LONGEST_NAMING_ENTRY)
