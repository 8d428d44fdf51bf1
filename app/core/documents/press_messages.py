"""How the app and its presses talk: a length, a line's worth of JSON, then plain bytes.

No pickles: a press reads strangers' documents, and what it answers must not become code.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")

Message = tuple[dict[str, Any], list[bytes]]
"""JSON, and bytes beside it."""


def packed(head: dict[str, Any], blobs: Sequence[bytes]) -> Iterator[bytes]:
    """A message in pieces; nothing large is copied."""
    written = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
    yield LENGTH.pack(len(written)) + written
    yield from blobs


def opened(written: bytes) -> tuple[dict[str, Any], list[int]]:
    """A message's JSON, and the sizes of the bytes that follow."""
    head: dict[str, Any] = json.loads(written)
    return head, head.pop("blobs")


def unpacked(stream: BinaryIO) -> Message:
    """The next message of a stream; raises EOFError at its end."""
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    head, sizes = opened(_exactly(stream, length))
    return head, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found
