"""Which kind of picture some bytes are, told by the bytes themselves (WHATWG MIME Sniffing)."""

import re

from app.core.http_errors import UnsupportedMediaType

SIGNATURES = (
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", re.DOTALL)),
    ("image/jpeg", re.compile(rb"\xff\xd8\xff", re.DOTALL)),
    ("image/webp", re.compile(rb"RIFF....WEBPVP", re.DOTALL)),
)


class UnsupportedPicture(UnsupportedMediaType):
    """The bytes are no PNG, JPEG or WebP picture, whatever they are called."""

    code, title = "unsupported_picture", "Send a PNG, JPEG or WebP picture"


def picture_type(content: bytes) -> str:
    """The media type of a picture; raises UnsupportedPicture (415)."""
    for media_type, signature in SIGNATURES:
        if signature.match(content):
            return media_type
    raise UnsupportedPicture
