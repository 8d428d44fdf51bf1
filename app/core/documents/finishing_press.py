"""Laying entries over a document and adding its certificate, with typst and pikepdf; in a press."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pikepdf
from pikepdf import Array, Name

from app.core.documents.compositor import fill
from app.core.documents.failures import DocumentFailure
from app.core.documents.intake_press import saved
from app.core.documents.page_geometry import sight_of

TRAIL = "audit.json"


def finish(question: dict[str, Any], blobs: Sequence[bytes]) -> tuple[None, list[bytes]]:
    """`finishing.finish` tells what is given, and made."""
    document, audit, *pictures = blobs
    with pikepdf.open(io.BytesIO(document)) as pdf:
        _lay_over(pdf, question, pictures)
        certificate = _typeset("certificate.typ", question["record"], question)
        with pikepdf.open(io.BytesIO(certificate)) as last:
            pdf.pages.extend(last.pages)
            _attach(pdf, audit, at=datetime.fromtimestamp(question["at"], UTC))
            return None, [saved(pdf)]


def _lay_over(pdf: pikepdf.Pdf, question: dict[str, Any], pictures: Sequence[bytes]) -> None:
    by_page: dict[int, list[Any]] = {}
    for entry in question["entries"]:
        if entry["page"] > len(pdf.pages):
            raise DocumentFailure("no_such_page", f"There is no page {entry['page']}.")
        by_page.setdefault(entry["page"], []).append(entry)
    if not by_page:
        return
    sheets = [_sheet(pdf.pages[number - 1], some) for number, some in by_page.items()]
    named = {f"picture-{number}": picture for number, picture in enumerate(pictures)}
    entries = _typeset("entries.typ", {"pages": sheets}, question, named)
    with pikepdf.open(io.BytesIO(entries)) as filled:
        for number, sheet in zip(by_page, filled.pages, strict=True):
            _stamp(pdf, pdf.pages[number - 1], sheet)


def _sheet(page: pikepdf.Page, entries: list[Any]) -> dict[str, Any]:
    width, height = sight_of(page).size
    return {"width": width, "height": height, "entries": entries}


def _stamp(pdf: pikepdf.Pdf, page: pikepdf.Page, sheet: pikepdf.Page) -> None:
    """Draw a sheet over a page as it is seen, whatever the page's own turn and origin."""
    form = pdf.copy_foreign(sheet.as_form_xobject())
    name = page.add_resource(form, Name.XObject, Name.AtriumEntries)
    matrix = " ".join(f"{number:.4f}" for number in sight_of(page).matrix)
    saves, restores = _state_left(page)
    page.contents_add(b"q " * saves, prepend=True)
    page.contents_add(f"{'Q ' * restores}q {matrix} cm {name} Do Q".encode())


def _state_left(page: pikepdf.Page) -> tuple[int, int]:
    """How often to save the graphics state before, and restore it after, what the page draws.

    Whatever the page leaves changed must not move what is drawn next.
    """
    depth = lowest = 0
    for command in pikepdf.parse_content_stream(page, "q Q"):
        depth += 1 if str(command.operator) == "q" else -1
        lowest = min(lowest, depth)
    saves = 1 - lowest
    return saves, saves + depth


def _typeset(
    layout: str,
    data: Any,
    question: dict[str, Any],
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    asked = {
        "layout": f"core/documents/layouts/{layout}",
        "fonts": question["fonts"],
        "standard": "a-3b",
        "at": question["at"],
    }
    listed = {name: list(picture) for name, picture in (pictures or {}).items()}
    _, (pdf,) = fill(asked, data, listed)
    return pdf


def _attach(pdf: pikepdf.Pdf, audit: bytes, *, at: datetime) -> None:
    """Attach the audit trail as PDF/A-3 wants it: with its relation to the document."""
    when = f"D:{at:%Y%m%d%H%M%SZ}"
    trail = pikepdf.AttachedFileSpec(
        pdf,
        audit,
        filename=TRAIL,
        description="Audit trail",
        mime_type="application/json",
        creation_date=when,
        mod_date=when,
        relationship=Name.Data,
    )
    pdf.attachments[TRAIL] = trail
    pdf.Root.AF = Array([trail.obj])
