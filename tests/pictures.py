"""Pictures for tests, made by hand: whole files of a few bytes whose headers say any size."""

import struct
import zlib


def png(width: int = 2, height: int = 2) -> bytes:
    """A grey PNG; a large one's pixels are left out."""
    rows = (b"\0" + b"\x80" * width) * height if width * height <= 4096 else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, data) for name, data in chunks)


def jpeg(width: int = 2, height: int = 2, *, end: bytes = b"\xff\xd9") -> bytes:
    """A JPEG's skeleton: JFIF header, baseline frame, an empty scan."""
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC0, 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x00" * 8
    return b"\xff\xd8" + jfif + frame + scan + end


def webp_lossy(width: int = 2, height: int = 2) -> bytes:
    frame = b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"\0" * 8
    return _riff(b"VP8 ", frame)


def webp_lossless(width: int = 2, height: int = 2) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    return _riff(b"VP8L", b"\x2f" + struct.pack("<I", bits) + b"\0" * 7)


def webp_extended(width: int = 2, height: int = 2) -> bytes:
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return _riff(b"VP8X", b"\0" * 4 + sides)


def _png_chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def _riff(name: bytes, data: bytes) -> bytes:
    body = b"WEBP" + name + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body
