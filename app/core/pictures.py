"""Which kind of picture some bytes are, and how large, told by the bytes themselves.

Nothing is decoded: a header tells the size, and the end marker that nothing is missing.
"""

import hashlib
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.http_errors import UnsupportedMediaType
from app.core.picture_headers import KINDS

LARGEST_SIDE = 4096
"""Pixels; browsers and mail programs decode whatever is declared."""


class UnsupportedPicture(UnsupportedMediaType):
    """The bytes are no whole PNG, JPEG or WebP picture, whatever they are called."""

    code, title = "unsupported_picture", "Send a PNG, JPEG or WebP picture"


class PictureTooLarge(Invalid):
    """The picture is wider or higher than 4096 pixels."""

    code, title = "picture_too_large", "The picture is too large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture and what its header says; `width` and `height` in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """A name for exactly this content, for entity tags."""
        return hashlib.sha256(self.content).hexdigest()[:32]


def read_picture(content: bytes) -> Picture:
    """The picture; raises UnsupportedPicture (415) and PictureTooLarge (422)."""
    for kind in KINDS:
        size = kind.size(content)
        if size:
            width, height = size
            if max(size) > LARGEST_SIDE:
                raise PictureTooLarge(f"At most {LARGEST_SIDE} by {LARGEST_SIDE} pixels.")
            return Picture(content=content, media_type=kind.media_type, width=width, height=height)
    raise UnsupportedPicture
