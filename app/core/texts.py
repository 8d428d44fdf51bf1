"""Bytes that are text, and text that a browser would run."""

import codecs
import re

BINARY = frozenset({*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})
"""Bytes that no text file has (WHATWG MIME Sniffing, "binary data byte")."""

HARMLESS = bytes(set(range(256)) - BINARY)
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

ACTIVE = re.compile(
    rb"""
    <!doctype | <!-- | <\?(xml|php) | \{\\rtf | \#! | %!ps
    | <(html|head|body|script|iframe|object|embed|svg|math|style|link|meta|title|form|img
        |h[1-6]|div|font|table|a|b|br|p)[\s>/]
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How pages, pictures with scripts, rich text and programs begin (the same, 7.1, and more)."""


def is_text(content: bytes) -> bool:
    """Whether these bytes may be of a text file: UTF-8, a single-byte encoding, or UTF-16."""
    if content.startswith(WIDE_MARKS):
        return b"\x00\x00" not in content
    return not content.translate(None, HARMLESS)


def looks_active(head: bytes) -> bool:
    """Whether the text is a page, an SVG, a script or rich text rather than plain."""
    return bool(ACTIVE.match(_narrow(head).lstrip()))


def _narrow(head: bytes) -> bytes:
    if head.startswith(WIDE_MARKS):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8)
