"""An object of the store as a file that libraries can seek in, for use in threads."""

import io
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore import ReadableFile


class StoredBytes(io.RawIOBase):
    """Reads an object by ranges; nothing is kept but what is asked for."""

    def __init__(self, reader: "ReadableFile") -> None:
        """Read through this reader of obstore's."""
        self._reader = reader

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a byte; answers which."""
        return self._reader.seek(offset, whence)

    def tell(self) -> int:
        """Which byte comes next."""
        return self._reader.tell()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer as far as the object goes; answers how far."""
        view = memoryview(buffer)
        found = memoryview(self._reader.read(len(view)))
        view[: len(found)] = found
        return len(found)
