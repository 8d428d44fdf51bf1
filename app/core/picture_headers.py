"""Where PNG, JPEG and WebP files keep their size, and how each of them begins and ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from struct import unpack_from

Size = tuple[int, int]
"""Width and height in pixels."""

PNG_START = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"

JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15 (ITU-T T.81, table B.1), without those that are no frame header."""
SCAN_MARKER = 0xDA
LONE_MARKERS = frozenset({0x01, 0xFF, *range(0xD0, 0xD9)})
"""Markers, and fill bytes, that no length follows."""

WEBP_CHUNK = 20
"""Where the first chunk's content begins (RFC 9649)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and what reads a picture's size: None when the bytes are no such picture."""

    media_type: str
    size: Callable[[bytes], Size | None]


def _png(content: bytes) -> Size | None:
    if not (content.startswith(PNG_START) and content.endswith(PNG_END)):
        return None
    return _positive(*unpack_from(">II", content, 16))


def _jpeg(content: bytes) -> Size | None:
    """Telephones append data of their own after the end marker; so it need not come last."""
    if not content.startswith(JPEG_START):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == JPEG_END[0]:
        marker = content[at + 1]
        if marker in LONE_MARKERS:
            at += 1 if marker == JPEG_END[0] else 2
        elif marker in FRAME_MARKERS:
            height, width = unpack_from(">HH", content, at + 5)
            return _positive(width, height) if content.rfind(JPEG_END) > at else None
        elif marker == SCAN_MARKER:
            return None
        else:
            at += 2 + unpack_from(">H", content, at + 2)[0]
    return None


def _webp(content: bytes) -> Size | None:
    if len(content) < WEBP_CHUNK + 10 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    if len(content) < 8 + unpack_from("<I", content, 4)[0]:
        return None
    read = WEBP_SIZES.get(content[12:16])
    return read(content) if read else None


def _webp_lossy(content: bytes) -> Size | None:
    if content[WEBP_CHUNK + 3 : WEBP_CHUNK + 6] != b"\x9d\x01\x2a":
        return None
    width, height = unpack_from("<HH", content, WEBP_CHUNK + 6)
    return _positive(width & 0x3FFF, height & 0x3FFF)


def _webp_lossless(content: bytes) -> Size | None:
    if content[WEBP_CHUNK] != 0x2F:  # noqa: PLR2004 - the signature byte of RFC 9649, 3.3
        return None
    bits = unpack_from("<I", content, WEBP_CHUNK + 1)[0]
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_extended(content: bytes) -> Size | None:
    width = int.from_bytes(content[WEBP_CHUNK + 4 : WEBP_CHUNK + 7], "little")
    height = int.from_bytes(content[WEBP_CHUNK + 7 : WEBP_CHUNK + 10], "little")
    return width + 1, height + 1


def _positive(width: int, height: int) -> Size | None:
    return (width, height) if width and height else None


WEBP_SIZES: dict[bytes, Callable[[bytes], Size | None]] = {
    b"VP8 ": _webp_lossy,
    b"VP8L": _webp_lossless,
    b"VP8X": _webp_extended,
}

KINDS: Sequence[Kind] = (
    Kind("image/png", _png),
    Kind("image/jpeg", _jpeg),
    Kind("image/webp", _webp),
)
"""Pictures that every browser and most mail programs show; never SVG, which runs scripts."""
