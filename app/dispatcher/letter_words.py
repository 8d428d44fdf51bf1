"""The words a letter holds that a practice may use in its own: found in the letter's templates."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, nodes

from app.core.documents.merge_fields import Name, Piece, pieces
from app.core.letters import Recipient
from app.dispatcher.sources import load
from app.dispatcher.wording import day_in_words, instant_in_words
from app.features.email_templates.shelf import Kind

PARTS = ("subject.txt", "preheader.txt", "body.txt")
KINDS: Mapping[str, Kind] = {"when": "instant", "on_day": "day"}
"""What the filters that make words of instants and days are given."""

COUNTING = frozenset({"join", "length", "map", "sort"})
COMMON: Mapping[str, Kind] = {"practice_name": "text", "reader_name": "text"}
FRAME = frozenset(
    {"practice", "portal", "reader", "palette", "action", "subject", "preheader", "body"}
)


class LetterWords:
    """Knows which words each letter has, and fills them in; no text of a practice is ever run."""

    def __init__(self, environment: Environment) -> None:
        """Read the templates when first asked about."""
        self._environment = environment
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, template: str) -> Mapping[str, Kind]:
        found: dict[str, Kind] = {}
        for part in PARTS:
            source = load(f"{template}/{part}")
            parsed = self._environment.parse(source[0] if source else "")
            for name, kind in _words(parsed):
                found.setdefault(name, kind)
        return {**found, **COMMON}

    def fill(
        self,
        text: str,
        template: str,
        words: Mapping[str, Any],
        *,
        reader: Recipient,
        practice: str,
    ) -> str:
        """The text with the letter's words in place of their names.

        What the letter doesn't hold this time is left out, and so are other braces, which a
        wording is refused for when it is kept.
        """
        known = {**words, "practice_name": practice, "reader_name": reader.name}
        kinds = self.of(template)

        def said(piece: Piece) -> str:
            if isinstance(piece, str):
                return piece
            if not isinstance(piece, Name) or piece.name not in kinds:
                return ""
            return _in_words(known.get(piece.name), kinds[piece.name], reader)

        return "".join(said(piece) for piece in pieces(text))


def _in_words(value: Any, kind: Kind, reader: Recipient) -> str:
    if value is None:
        return ""
    if kind == "instant":
        return instant_in_words(value, reader)
    return day_in_words(value, reader) if kind == "day" else str(value)


def _words(tree: nodes.Template) -> Iterator[tuple[str, Kind]]:
    """What the template writes out as it is, or through a filter that makes words of it."""
    bound = {name for loop in tree.find_all(nodes.For) for name in _names_in(loop.target)}
    for output in tree.find_all(nodes.Output):
        for expression in output.nodes:
            name, kind = _named(expression)
            if name and kind and name not in FRAME | bound:
                yield name, kind


def _names_in(target: nodes.Node) -> Iterator[str]:
    if isinstance(target, nodes.Name):
        yield target.name
    yield from (name.name for name in target.find_all(nodes.Name))


def _named(expression: nodes.Node) -> tuple[str | None, Kind | None]:
    kind: Kind | None = "text"
    node: nodes.Node | None = expression
    while isinstance(node, nodes.Filter):
        kind = None if node.name in COUNTING else KINDS.get(node.name, kind or "text")
        if kind is None:
            return None, None
        node = node.node
    return (node.name, kind) if isinstance(node, nodes.Name) else (None, None)
