"""Taking a file in: named, told by its first bytes, counted, and looked into once it is whole."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import BinaryIO

from app.core.archives import archive_kind
from app.core.errors import AppError
from app.core.file_names import clean_name, split_extension
from app.core.file_types import (
    HEAD_BYTES,
    TEXTS,
    FileExtensionMismatch,
    FileType,
    FileTypeNotAllowed,
    file_type,
)
from app.core.raster import MOST_BYTES, ImageTooLarge, picture_size
from app.core.texts import WIDE_MARKS, is_text

Refusal = Callable[[], AppError]


@dataclass(frozen=True, slots=True)
class Pixels:
    """The size of a picture; None for what is none."""

    width: int | None = None
    height: int | None = None


class FileIntake:
    """A file between its sender and the store.

    `name` and `kind` are known from the start; `size` and `sha256` grow while `chunks` is read.
    """

    def __init__(self, name: str, kind: FileType, head: bytes, rest: AsyncIterator[bytes]) -> None:
        """Made by `begin`."""
        self.name = name
        self.kind = kind
        self.size = 0
        self._head = head
        self._rest = rest
        self._digest = hashlib.sha256()
        self._text = kind in TEXTS and not head.startswith(WIDE_MARKS)

    @classmethod
    async def begin(cls, given_name: str, chunks: AsyncIterator[bytes]) -> "FileIntake":
        """Read as much as tells the type.

        Raises FileNameMissing and FileEmpty (422), FileTypeNotAllowed and
        FileExtensionMismatch (415). A name without an extension gets the usual one.
        """
        name = clean_name(given_name)
        head = b""
        async for chunk in chunks:
            head += chunk
            if len(head) >= HEAD_BYTES:
                break
        _, extension = split_extension(name)
        kind = file_type(head, extension)
        return cls(name if extension else f"{name}.{kind.extensions[0]}", kind, head, chunks)

    @property
    def sha256(self) -> str:
        """The digest of what was read so far, in hexadecimal."""
        return self._digest.hexdigest()

    async def chunks(self, *, limit: int, too_large: Refusal) -> AsyncIterator[bytes]:
        """The content, counted.

        Raises `too_large` beyond `limit` bytes, FileTypeNotAllowed (415) where text becomes none.
        """
        yield self._counted(self._head, limit, too_large)
        async for chunk in self._rest:
            yield self._counted(chunk, limit, too_large)

    def _counted(self, chunk: bytes, limit: int, too_large: Refusal) -> bytes:
        self.size += len(chunk)
        if self.size > limit:
            raise too_large()
        if self._text and not is_text(chunk):
            raise FileTypeNotAllowed
        self._digest.update(chunk)
        return chunk

    async def inspect(self, stored: BinaryIO) -> Pixels:
        """Look into what was stored, where its kind asks for it.

        Raises ImageTooLarge and ArchiveTooLarge (422), FileTypeNotAllowed and
        FileExtensionMismatch (415).
        """
        if self.kind.archive:
            await asyncio.to_thread(self._check_archive, stored)
        if not self.kind.picture:
            return Pixels()
        if self.size > MOST_BYTES:
            raise ImageTooLarge(f"A picture has at most {MOST_BYTES} bytes.")
        return Pixels(*await asyncio.to_thread(picture_size, stored))

    def _check_archive(self, stored: BinaryIO) -> None:
        found = archive_kind(stored)
        if found != self.kind:
            raise FileExtensionMismatch(f"The content looks like a .{found.extensions[0]} file.")
