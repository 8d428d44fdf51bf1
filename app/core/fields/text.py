"""Strings with a largest length and without control characters.

The same rule stands in the schema (ECMA 262) and at run time (Rust regex), so that whoever
reads the OpenAPI document sees it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, StringConstraints

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Control characters other than tab, line feed and carriage return."""

LINE_BREAKERS = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Control characters, line and paragraph separators, and bidirectional overrides."""

INVISIBLE = r"\s\xad\u200b-\u200f\u2060-\u2064\ufeff"
"""What alone would make a name nobody sees; between visible characters it has its uses."""


@dataclass(frozen=True)
class Text(GroupedMetadata):
    """Text of several lines: `Annotated[str, Text(2000)]`. Trimmed, and normalised to NFC.

    `min_length=0` admits the empty string; otherwise one visible character is required.
    """

    max_length: int
    min_length: int = 1

    def __iter__(self) -> Iterator[Any]:
        """The constraints pydantic reads."""
        return _constraints(CONTROLS, self.max_length, self.min_length)


@dataclass(frozen=True)
class Line(GroupedMetadata):
    """Text of one line, fit for a title or a mail header: `Annotated[str, Line(200)]`."""

    max_length: int
    min_length: int = 1

    def __iter__(self) -> Iterator[Any]:
        """The constraints pydantic reads."""
        return _constraints(LINE_BREAKERS, self.max_length, self.min_length)


def _constraints(forbidden: str, max_length: int, min_length: int) -> Iterator[Any]:
    any_number = f"[^{forbidden}]*"
    visible = rf"[^{INVISIBLE}{forbidden}]{any_number}" if min_length else ""
    yield StringConstraints(
        strip_whitespace=True,
        min_length=min_length,
        max_length=max_length,
        pattern=f"^{any_number}{visible}$",
    )
    yield AfterValidator(_nfc)


def _nfc(value: str) -> str:
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _lower(value: str) -> str:
    return value.lower()


def _web_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        reachable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        reachable = False
    if not reachable:
        raise ValueError("must be an http:// or https:// address")
    return value


Name = Annotated[str, Line(100)]
"""The name of a person or a thing."""

HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$"), AfterValidator(_lower)]
"""A colour as `#rrggbb`, kept in lower case."""

Slug = Annotated[
    str, StringConstraints(min_length=2, max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
]
"""A name in a URL: lower-case letters and digits, with single hyphens between them."""

WebUrl = Annotated[
    str,
    StringConstraints(
        max_length=2000,
        pattern=r"^[hH][tT][tT][pP][sS]?://[^\s\x00-\x1f\x7f-\x9f\\@/?#][^\s\x00-\x1f\x7f-\x9f\\]*$",
    ),
    AfterValidator(_web_url),
]
"""An http or https address a person can open."""
