"""Typesetting itself, with typst; runs in a press."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

import app
from app.core.documents.failures import DocumentFailure
from app.core.documents.markdown_tree import document_tree, variables_in

ROOT = Path(app.__file__).parent
FONTS = Path(__file__).parent / "fonts"

MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')

Set = tuple[list[dict[str, Any]], list[bytes]]


def compose(question: dict[str, Any], images: Sequence[bytes]) -> Set:
    """Fill a layout; answers its boxes, and the PDF."""
    pictures = dict(zip(question["images"], map(list, images), strict=True))
    return fill(question, question["data"], pictures)


def compose_markdown(question: dict[str, Any], _: Sequence[bytes]) -> Set:
    """A text as a document; `markdown_documents.typeset_markdown` tells the rest."""
    markdown: str = question["markdown"]
    signed_in_text = {mark.who for mark in variables_in(markdown).marks if mark.kind == "signature"}
    data = {
        "title": question["title"],
        "reference": question["reference"],
        "tree": document_tree(markdown, question["variables"]),
        "parties": [party for party in question["parties"] if party["who"] not in signed_in_text],
    }
    return fill(question, data)


def fill(question: dict[str, Any], data: Any, pictures: dict[str, list[int]] | None = None) -> Set:
    """The layout that `question` names with `data`; `typesetting.typeset` tells the rest.

    Archives want every letter to be visible (ISO 19005-3, 6.2.11.8). Where no font has one, a
    `strict` question is refused; otherwise a box stands for it, and the PDF is no PDF/A.
    """
    compiler = _compiler(question["layout"], question["fonts"])
    given = {"data": json.dumps(data), "pictures": json.dumps(pictures or {})}
    try:
        pdf = _compiled(compiler, question, given)
    except typst.TypstError as error:
        missing = MISSING.search(str(error))
        if missing is None:
            raise DocumentFailure("not_typeset", error.message) from error
        if question.get("strict"):
            told = f"No font here has {missing[1]}: leave it out, or have one added."
            raise DocumentFailure("letters_missing", told) from error
        pdf = _compiled(compiler, {**question, "standard": "1.7"}, given)
    return json.loads(compiler.query("<box>", field="value")), [pdf]


def _compiled(compiler: typst.Compiler, question: dict[str, Any], given: dict[str, str]) -> bytes:
    pdf = compiler.compile(
        format="pdf",
        sys_inputs=given,
        pdf_standards=[question["standard"]],
        timestamp=question["at"],
    )
    return cast(bytes, pdf)  # a list is of pages as pictures


@cache
def _compiler(layout: str, extra_fonts: str | None) -> typst.Compiler:
    """One for each layout: given a path, because bytes fail from the second time on."""
    return typst.Compiler(ROOT / layout, root=ROOT, font_paths=_fonts(extra_fonts))


@cache
def _fonts(extra: str | None) -> typst.Fonts:
    """Ours and the installation's own, never the system's: a document looks alike anywhere."""
    folders = [str(FONTS), *([extra] if extra else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
