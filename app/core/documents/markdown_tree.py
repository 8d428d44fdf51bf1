"""Markdown as a tree that a layout walks, with variables filled in after it was read.

Values are put into text that was already parsed, so nothing in a name is taken for Markdown.
CommonMark with tables and strikethrough; HTML is shown as it is typed, links tell their address,
pictures are left to their description. `merge_fields` tells what may stand between braces.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from app.core.documents.failures import DocumentFailure
from app.core.documents.merge_fields import PAGE_BREAK, Mark, Mistake, Name, Piece, pieces

Node = dict[str, Any]
"""`t` is its type, `c` its children, `s` its text; `rtl` says that it reads from the right."""

DIRECTED = frozenset({"paragraph", "heading", "td", "th", "list_item"})
FROM_RIGHT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Findings:
    """What a text asks to be filled in, each once and in order; and what can't be understood."""

    names: tuple[str, ...]
    marks: tuple[Mark, ...]
    mistakes: tuple[str, ...]


def variables_in(markdown: str) -> Findings:
    """The names of variables, the marks and the mistakes in a text."""
    found = dict.fromkeys(_pieces(_parsed(markdown)))
    return Findings(
        names=tuple(piece.name for piece in found if isinstance(piece, Name)),
        marks=tuple(piece for piece in found if isinstance(piece, Mark)),
        mistakes=tuple(piece.typed for piece in found if isinstance(piece, Mistake)),
    )


def document_tree(markdown: str, variables: Mapping[str, str]) -> Node:
    """The text as nodes, with the values of its variables.

    Raises DocumentFailure `unknown_variable`, with the name, for one without a value.
    """
    return _Writer(variables).node(_parsed(markdown))


def _parsed(markdown: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(_reader().parse(markdown))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


def _pieces(root: SyntaxTreeNode) -> Iterator[Piece]:
    for node in root.walk():
        if _is_page_break(node):
            continue
        if node.type == "text" and not _is_page_break(node.parent and node.parent.parent):
            yield from pieces(node.content)
        elif node.type == "link" and "%7B%7B" in str(node.attrs["href"]):
            yield Mistake(str(node.attrs["href"]))  # an address is no place for a variable


def _is_page_break(node: SyntaxTreeNode | None) -> bool:
    if node is None or node.type != "paragraph":
        return False
    typed = node.children[0].content.strip()
    return list(pieces(typed)) == [Name(PAGE_BREAK)]


class _Writer:
    """Turns markdown-it's nodes into ours."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def node(self, node: SyntaxTreeNode) -> Node:
        """A node with all in it."""
        if _is_page_break(node):
            return {"t": PAGE_BREAK}
        made: Node = {"t": node.type, **_particulars(node)}
        made["c"] = [part for child in node.children for part in self._parts(child)]
        if node.type in DIRECTED:
            made["rtl"] = reads_from_right(_text(made))
        return made

    def _parts(self, node: SyntaxTreeNode) -> Iterator[Node]:
        match node.type:
            case "text":
                for piece in pieces(node.content):
                    yield from self._filled(piece)
            case "inline":
                for child in node.children:
                    yield from self._parts(child)
            case "image":
                yield {"t": "text", "s": node.content}
            case "link":
                yield {**self.node(node), "t": "span"}
                yield from _address(node)
            case _:
                yield self.node(node)

    def _filled(self, piece: Piece) -> Iterator[Node]:
        match piece:
            case Name(name):
                yield from _lines(self._value(name))
            case Mark(kind, who, label, required):
                mark = {"kind": kind, "who": who, "label": label, "required": required}
                yield {"t": "mark", "mark": mark}
            case Mistake(typed):
                yield {"t": "text", "s": typed}
            case text:
                yield {"t": "text", "s": text}

    def _value(self, name: str) -> str:
        try:
            return self._variables[name]
        except KeyError:
            raise DocumentFailure("unknown_variable", name) from None


def _particulars(node: SyntaxTreeNode) -> Node:
    match node.type:
        case "code_inline" | "code_block" | "fence":
            return {"s": node.content.removesuffix("\n")}
        case "heading":
            return {"level": int(node.tag[1])}
        case "ordered_list":
            return {"start": int(node.attrs.get("start", 1))}
        case "td" | "th":
            return {"align": str(node.attrs.get("style", "")).removeprefix("text-align:")}
    return {}


def _lines(value: str) -> Iterator[Node]:
    """A value, whose lines stay lines: an address, say."""
    for number, line in enumerate(value.splitlines()):
        if number:
            yield {"t": "hardbreak"}
        yield {"t": "text", "s": line}


def _address(link: SyntaxTreeNode) -> Iterator[Node]:
    """Where a link leads, for those who read it on paper."""
    address = str(link.attrs["href"]).removeprefix("mailto:")
    if address != "".join(child.content for child in link.children):
        yield {"t": "text", "s": f" ({address})"}


def _text(node: Node) -> str:
    own: str = node.get("s", "")
    return own + "".join(_text(child) for child in node.get("c", ()))


def reads_from_right(text: str) -> bool:
    """Whether the first letter with a direction says so (Unicode Annex 9, P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in FROM_RIGHT or direction == "L":
            return direction in FROM_RIGHT
    return False
