"""What stands between double braces in a text.

`{{name}}` is a variable: words of small letters, digits and `_`, joined by dots. A mark is a
place where somebody fills something in: `{{kind:who}}` or `{{kind:who:label}}`, as in
`{{signature:client}}` or `{{text:client:Emergency contact}}`; `{{text?:client:Nickname}}` may be
left empty. `{{page_break}}` alone in a paragraph starts a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
MARK = re.compile(r"([a-z]+)(\?)?\s*:\s*([a-z][a-z0-9_]*)\s*(?::(.*))?", re.DOTALL)
LONGEST_NAME = 60
LONGEST_LABEL = 80
PAGE_BREAK = "page_break"

MarkKind = Literal["signature", "initials", "name", "date", "text", "checkbox"]
MARK_KINDS = frozenset(get_args(MarkKind))


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where `who` fills something in."""

    kind: str
    who: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class Mistake:
    """Braces that hold neither, as they were typed."""

    typed: str


Piece = str | Name | Mark | Mistake


def pieces(text: str) -> Iterator[Piece]:
    """A text's parts, in order."""
    position = 0
    for braces in BRACES.finditer(text):
        yield from _plain(text[position : braces.start()])
        yield _inside(braces.group(1).strip(), braces.group())
        position = braces.end()
    yield from _plain(text[position:])


def _plain(text: str) -> Iterator[Piece]:
    before, opening, after = text.partition("{{")
    if before:
        yield before
    if opening:  # and never closed
        yield Mistake(opening + after)


def _inside(words: str, typed: str) -> Piece:
    if NAME.fullmatch(words) and len(words) <= LONGEST_NAME:
        return Name(words)
    mark = MARK.fullmatch(words)
    if mark is None or mark[1] not in MARK_KINDS:
        return Mistake(typed)
    label = " ".join((mark[4] or "").split())
    if len(label) > LONGEST_LABEL or len(mark[3]) > LONGEST_NAME:
        return Mistake(typed)
    return Mark(mark[1], mark[3], label, required=not mark[2])
