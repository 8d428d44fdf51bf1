"""Parts of what is downloaded (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

from app.core.errors import AppError

ONE_RANGE = re.compile(r"bytes[ \t]*=[ \t]*(\d{0,19})-(\d{0,19})[ \t]*", re.IGNORECASE | re.ASCII)


class RangeNotSatisfiable(AppError):
    """The part asked for begins beyond the end; `Content-Range` tells the size."""

    status, code, title = 416, "range_not_satisfiable", "There is no such part"


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from `start` to before `end`, of `size` in all."""

    start: int
    end: int
    size: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.end - self.start

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.length == self.size

    @property
    def header(self) -> str:
        """The value of Content-Range."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


def requested_part(header: str | None, size: int) -> Part | None:
    """The single part a Range header asks for; None for what is ignored, as several parts are.

    Raises RangeNotSatisfiable (416).
    """
    found = ONE_RANGE.fullmatch(header or "")
    if found is None or not (found[1] or found[2]):
        return None
    if found[1]:
        start = int(found[1])
        end = min(int(found[2]) + 1, size) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    else:
        start, end = max(size - int(found[2]), 0), size
    if start >= end:
        raise RangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return Part(start, end, size)
