"""What was filled in lies where it belongs, and the certificate tells how it came there."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.core.documents.failures import DocumentFailure
from app.core.documents.finishing import Entry, Happened, Record, Signed, finish
from app.core.documents.intake import take_in
from app.core.documents.print_shop import PrintShop
from tests.core.documents.papers import (
    AT,
    NAMES,
    ink_at,
    needs_poppler,
    page_texts,
    poppler_text,
)
from tests.core.documents.strangers_pdf import pages, written
from tests.pictures import png

ADA = Signed(
    name="Ada Lovelace",
    email="ada@example.test",
    role="Client",
    method="Typed",
    signed_at=AT,
    ip="203.0.113.7",
    device="Firefox on Linux",
    consent="disclosure 2026-11",
    time_zone="Asia/Kolkata",
)
RECORD = Record(
    title="Coaching agreement",
    practice="Okafor Coaching",
    document_id="0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f",
    document_sha256="ab" * 32,
    chain_head="cd" * 32,
    completed_at=AT,
    time_zone="Europe/Berlin",
    signers=[ADA],
    events=[Happened(at=AT, what="Signed", actor="Ada Lovelace", ip="203.0.113.7")],
)
AUDIT = b'{"events": []}'


def signature(page: int = 1, *, text: str = "Ada Lovelace", image: bytes | None = None) -> Entry:
    return Entry(kind="signature", page=page, x=40, y=300, w=150, h=40, text=text, image=image)


async def finished(shop: PrintShop, document: bytes, *entries: Entry) -> bytes:
    return await finish(shop, document, entries, record=RECORD, audit=AUDIT)


async def test_the_same_facts_give_the_same_bytes(print_shop: PrintShop) -> None:
    document = written(pages(2), deterministic_id=True)
    entries = [signature(2), signature(1, image=png(8, 4))]
    first = await finished(print_shop, document, *entries)
    assert first == await finished(print_shop, document, *entries)


async def test_the_certificate_comes_last_and_tells_all(print_shop: PrintShop) -> None:
    *_, certificate = page_texts(await finished(print_shop, written(pages(2)), signature()))
    text = " ".join(certificate.split())
    for told in (
        RECORD.title,
        RECORD.document_id,
        "ab" * 16,
        "cd" * 16,
        "2026-11-27 09:30:00 UTC · 2026-11-27 10:30:00 +01:00 (Europe/Berlin)",
        "2026-11-27 15:00:00 +05:30 (Asia/Kolkata)",
        "203.0.113.7",
        "disclosure 2026-11",
        "simple electronic signatures",
    ):
        assert told in text


async def test_the_audit_trail_is_attached(print_shop: PrintShop) -> None:
    content = await finished(print_shop, written(pages()), signature())
    with pikepdf.open(io.BytesIO(content)) as pdf:
        attached = pdf.attachments["audit.json"]
        assert attached.get_file().read_bytes() == AUDIT
        assert attached.get_file().mime_type == "application/json"
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data


@needs_poppler
@pytest.mark.parametrize(
    ("turn", "crop"),
    [
        (0, ()),
        (90, ()),
        (180, ()),
        (270, ()),
        (0, (30, 40, 380, 560)),
        (90, (30, 40, 380, 560)),
        (180, (30, 40, 380, 560)),
        (270, (30, 40, 380, 560)),
    ],
)
async def test_entries_lie_where_they_are_seen(
    print_shop: PrintShop, tmp_path: Path, turn: int, crop: Sequence[int]
) -> None:
    taken = await take_in(print_shop, written(pages(turn=turn, crop=crop)))
    mark = Entry(kind="signature", page=1, x=200, y=250, w=40, h=40, image=png(8, 8))
    before = ink_at(taken.pdf, tmp_path, (200, 250, 40, 40))
    content = await finished(print_shop, taken.pdf, mark)
    assert before == 0
    assert ink_at(content, tmp_path, (200, 250, 40, 40)) > 0.9
    assert ink_at(content, tmp_path, (245, 250, 40, 40)) == 0
    assert ink_at(content, tmp_path, (200, 295, 40, 40)) == 0


@needs_poppler
@pytest.mark.parametrize("script", NAMES)
async def test_typed_signatures_in_any_script_can_be_read_back(
    print_shop: PrintShop, tmp_path: Path, script: str
) -> None:
    content = await finished(print_shop, written(pages()), signature(text=NAMES[script]))
    invisible = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))
    assert NAMES[script] in poppler_text(content, tmp_path).translate(invisible)


@needs_poppler
@pytest.mark.parametrize(
    "left", [b"q 0.5 0 0 0.5 300 300 cm", b"2 0 0 2 9 9 cm q", b"Q Q 9 0 0 9 0 0 cm"]
)
async def test_what_a_page_leaves_changed_moves_nothing(
    print_shop: PrintShop, tmp_path: Path, left: bytes
) -> None:
    document = pages()
    document.pages[0].contents_add(left)
    mark = Entry(kind="signature", page=1, x=200, y=250, w=40, h=40, image=png(8, 8))
    content = await finished(print_shop, written(document), mark)
    assert ink_at(content, tmp_path, (200, 250, 40, 40)) > 0.9


async def test_letters_no_font_has_keep_nobody_from_signing(print_shop: PrintShop) -> None:
    record = replace(RECORD, signers=[replace(ADA, name="山田 太郎")])
    entries = [signature(text="山田 \N{SMILING FACE WITH SUNGLASSES}")]
    content = await finish(print_shop, written(pages()), entries, record=record, audit=AUDIT)
    *_, certificate = page_texts(content)
    assert RECORD.document_id in certificate


async def test_long_answers_are_wrapped_and_ticks_are_drawn(print_shop: PrintShop) -> None:
    long = "The quick brown fox jumps over the lazy dog near the river bank at dawn"
    content = await finished(
        print_shop,
        written(pages()),
        Entry(kind="text", page=1, x=20, y=200, w=120, h=40, text=long),
        Entry(kind="checkbox", page=1, x=20, y=250, w=12, h=12, text="x"),
        Entry(kind="date", page=1, x=20, y=270, w=96, h=17, text="2026-11-27"),
    )
    text = " ".join(page_texts(content)[0].split())
    assert long in text
    assert "2026-11-27" in text


async def test_what_is_no_picture_or_on_no_page_is_refused(print_shop: PrintShop) -> None:
    for entry, code in (
        (signature(image=b"not a picture"), "not_typeset"),
        (signature(page=3), "no_such_page"),
    ):
        with pytest.raises(DocumentFailure) as failure:
            await finished(print_shop, written(pages()), entry)
        assert failure.value.code == code
