"""Checking strangers' PDFs and making them harmless, with pikepdf; runs in a press."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from app.core.documents.failures import DocumentFailure
from app.core.documents.page_geometry import sight_of

QUIET_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""What links may do: all others start something, or reach for other files."""

ACTING_KEYS = ("/AA", "/JS", "/OpenAction", "/JavaScript", "/XFA", "/AF", "/EF", "/Collection")
ACTING_ANNOTATIONS = frozenset(
    {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Popup"}
)
SIGNED = 1
"""The bit of SigFlags that says so (ISO 32000-2, table 225)."""


def take_in(question: dict[str, Any], blobs: Sequence[bytes]) -> tuple[Any, list[bytes]]:
    """Answers the sizes of the pages, and the harmless PDF; `intake.take_in` tells the rest."""
    with _opened(blobs[0]) as pdf:
        _refuse_what_is_signed(pdf)
        sizes = list(_sizes(pdf, question["most_pages"]))
        _flatten_forms(pdf)
        _disarm(pdf)
        return sizes, [saved(pdf)]


def _opened(content: bytes) -> pikepdf.Pdf:
    try:
        # one that needs repair may lose pages: better to have it printed anew
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False)
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except (pikepdf.PdfError, ValueError) as error:
        raise _broken() from error
    if pdf.is_encrypted:
        raise _encrypted()
    return pdf


def _encrypted() -> DocumentFailure:
    return DocumentFailure("pdf_encrypted", "The PDF is encrypted: save it without protection.")


def _broken() -> DocumentFailure:
    return DocumentFailure("pdf_broken", "The PDF can't be read: print it to a new PDF.")


def _refuse_what_is_signed(pdf: pikepdf.Pdf) -> None:
    form = pdf.Root.get("/AcroForm")
    flags = int(form.get("/SigFlags", 0)) if isinstance(form, Dictionary) else 0
    if flags & SIGNED or "/Perms" in pdf.Root or any(map(_is_signature, pdf.objects)):
        raise DocumentFailure("pdf_signed", "The PDF is signed: a change would break that.")


def _is_signature(found: Object) -> bool:
    return isinstance(found, Dictionary) and "/ByteRange" in found and "/Contents" in found


def _sizes(pdf: pikepdf.Pdf, most: int) -> Iterator[tuple[float, float]]:
    try:
        count = len(pdf.pages)
        if count > most:
            raise DocumentFailure("pdf_too_long", f"At most {most} pages.")
        sights = [sight_of(page) for page in pdf.pages]
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise _broken() from error
    if not sights:
        raise DocumentFailure("pdf_empty", "The PDF has no pages.")
    if not all(sight.is_sensible() for sight in sights):
        raise _broken()
    yield from (sight.size for sight in sights)


def _flatten_forms(pdf: pikepdf.Pdf) -> None:
    """What was filled in becomes part of the page, where nobody changes it any more."""
    if "/AcroForm" not in pdf.Root:
        return
    try:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations()
    except pikepdf.PdfError as error:
        raise _broken() from error
    _drop(pdf.Root, "/AcroForm")


def _disarm(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        _drop(names, "/JavaScript", "/EmbeddedFiles", "/Renditions")
    for found in pdf.objects:
        for part in _dictionaries(found):
            _quieten(part)


def _dictionaries(found: Object) -> Iterator[Object]:
    """An object and what it holds directly; what it refers to is an object of its own."""
    if isinstance(found, Dictionary | Stream):
        yield found
        within = [value for _, value in found.items()]
    elif isinstance(found, Array):
        within = list(found)
    else:
        return
    for value in within:
        if isinstance(value, Object) and not value.is_indirect:
            yield from _dictionaries(value)


def _quieten(part: Object) -> None:
    _drop(part, *ACTING_KEYS)
    action = part.get("/A")
    if isinstance(action, Dictionary) and not _is_quiet(action):
        del part["/A"]
    annotations = part.get("/Annots")
    if isinstance(annotations, Array):
        part["/Annots"] = Array([one for one in annotations if not _acts(one)])


def _drop(part: Object, *keys: str) -> None:
    for key in keys:
        if key in part:
            del part[key]


def _is_quiet(action: Object) -> bool:
    return str(action.get("/S")) in QUIET_ACTIONS and "/Next" not in action


def _acts(annotation: Any) -> bool:
    return (
        isinstance(annotation, Dictionary) and str(annotation.get("/Subtype")) in ACTING_ANNOTATIONS
    )


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes, the same ones for the same content."""
    target = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(target, min_version="1.7", deterministic_id=True)
    return target.getvalue()
