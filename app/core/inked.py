"""Pictures of handwriting, drawn on a screen or photographed: decoded, and made small PNGs.

Pillow does it, which is imported where it is used. All of it blocks: run it in a thread.
"""

import binascii
import io
from base64 import b64decode
from typing import TYPE_CHECKING

from app.core.errors import Invalid
from app.core.pictures import read_picture

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST, HIGHEST = 1200, 400
"""Pixels that are kept: enough for a line of a page at 400 dots an inch."""

KINDS = frozenset({"image/png", "image/jpeg"})
WHITE = (255, 255, 255)


class HandwritingUnreadable(Invalid):
    """The picture is no whole PNG or JPEG, too large, or has nothing on it."""

    code, title = "picture_unreadable", "Send a PNG or JPEG picture with something on it"


def inked(encoded: str) -> bytes:
    """A picture in base64 as PNG of at most 1200 by 400 pixels, without what cameras note.

    Raises HandwritingUnreadable (422), UnsupportedPicture (415) and PictureTooLarge (422).
    """
    try:
        content = b64decode(encoded.partition(";base64,")[2] or encoded, validate=True)
    except (binascii.Error, ValueError):
        raise HandwritingUnreadable("It is not base64.") from None
    if read_picture(content).media_type not in KINDS:
        raise HandwritingUnreadable
    return _png(content)


def _png(content: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy, used by few processes

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except Exception as error:  # Pillow's decoders fail in many ways
        raise HandwritingUnreadable from error
    picture.thumbnail((WIDEST, HIGHEST))
    if _is_blank(picture):
        raise HandwritingUnreadable("There is nothing on it.")
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _is_blank(picture: "Image") -> bool:
    """Whether it is of one colour, on paper."""
    from PIL import Image  # noqa: PLC0415 - heavy, used by few processes

    paper = Image.new("RGBA", picture.size, WHITE)
    paper.alpha_composite(picture)
    darkest, lightest = paper.convert("L").getextrema()
    return darkest == lightest
