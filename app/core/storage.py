"""Where files' bytes are kept: a folder, or an S3-compatible store. Keys are random.

The original names, and who may see what, live in the database only.
"""

import io
import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from uuid import UUID

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from app.core.errors import Unavailable
from app.core.stored_bytes import StoredBytes

PART_BYTES = 5 * 1024 * 1024
PARTS_AT_ONCE = 2
"""An upload holds at most this many parts in memory, whatever its size."""

READ_BYTES = 1024 * 1024
LIST_CHUNK = 1000

log = structlog.get_logger(__name__)


class StorageUnavailable(Unavailable):
    """The store of files does not answer; trying again is fine."""

    code, title = "storage_unavailable", "The file storage is away"


class ObjectMissing(LookupError):
    """The store has nothing under this key."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a listing tells: the key, and when it was written."""

    key: str
    modified_at: datetime


def new_key(folder: UUID) -> str:
    """A random key that says nothing but in which folder, say whose practice's, it is."""
    return f"{folder}/{secrets.token_hex(16)}"


class Storage(ABC):
    """Objects by key. Failures of the store are StorageUnavailable (503)."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        """Keep objects in this store."""
        self._store: Any = store

    async def put(
        self, key: str, chunks: AsyncIterator[bytes], *, media_type: str, disposition: str
    ) -> None:
        """Keep what arrives, with flat memory; an exception of `chunks` leaves nothing behind.

        `media_type` and `disposition` are for those who fetch by a presigned URL.
        """
        source = _Source(chunks)
        try:
            await obstore.put_async(
                self._store,
                key,
                source.pieces(),
                use_multipart=True,
                chunk_size=PART_BYTES,
                max_concurrency=PARTS_AT_ONCE,
                **self._attributes(media_type, disposition),
            )
        except (BaseError, OSError) as error:
            if source.failed:
                raise
            raise _away("put", error) from error

    async def put_small(self, key: str, content: bytes, *, media_type: str) -> None:
        """Keep a few bytes at once, say a thumbnail."""
        try:
            attributes = self._attributes(media_type, "inline")
            await obstore.put_async(self._store, key, content, **attributes)
        except (BaseError, OSError) as error:
            raise _away("put", error) from error

    async def read(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`; raises ObjectMissing."""
        try:
            found = await obstore.get_range_async(self._store, key, start=start, end=end)
        except FileNotFoundError:
            raise ObjectMissing(key) from None
        except (BaseError, OSError) as error:
            raise _away("read", error) from error
        return bytes(found)

    async def read_whole(self, key: str) -> bytes:
        """All bytes of what is small; raises ObjectMissing."""
        try:
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise ObjectMissing(key) from None
        except (BaseError, OSError) as error:
            raise _away("read", error) from error

    async def stream(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The same bit by bit: a slow reader holds one piece of memory and no connection."""
        for position in range(start, end, READ_BYTES):
            yield await self.read(key, position, min(position + READ_BYTES, end))

    def open(self, key: str, size: int) -> BinaryIO:
        """The object as a seekable file; it blocks, so read it in a thread only."""
        reader = obstore.open_reader(self._store, key, size=size)
        return io.BufferedReader(StoredBytes(reader))

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are gone already do no harm."""
        for key in keys:
            try:
                with suppress(FileNotFoundError):  # said by folders, not by S3
                    await obstore.delete_async(self._store, key)
            except (BaseError, OSError) as error:
                raise _away("delete", error) from error

    async def objects(self, prefix: str) -> AsyncIterator[StoredObject]:
        """Every whole object whose key begins with the folder `prefix`."""
        try:
            listing: Any = obstore.list(self._store, prefix, chunk_size=LIST_CHUNK)
            async for chunk in listing:
                for found in chunk:
                    yield StoredObject(found["path"], found["last_modified"])
        except (BaseError, OSError) as error:
            raise _away("list", error) from error

    @abstractmethod
    async def drop_unfinished(self, prefix: str, *, before: datetime) -> int:
        """Remove what killed uploads left under `prefix`; answers how many there were."""

    @abstractmethod
    async def presigned(self, key: str, lifetime: timedelta) -> str | None:
        """An address at the store itself for whoever holds it; None where there is none."""

    @abstractmethod
    def _attributes(self, media_type: str, disposition: str) -> dict[str, Any]:
        """What the store can note of an object, as `put` takes it."""


class _Source:
    """Pieces on their way to the store; remembers whether it was they who failed."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self.failed = False

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._chunks:
                yield chunk
        except Exception:  # of the uploader's doing, whatever it is
            self.failed = True
            raise


def _away(doing: str, error: Exception) -> StorageUnavailable:
    log.error("storage_failed", doing=doing, error=str(error).partition("\n")[0])
    return StorageUnavailable()
