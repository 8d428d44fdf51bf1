"""What is inside zips: documents by their own word, no macros, no bombs."""

import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.archives import ArchiveTooLarge, archive_kind
from app.core.file_types import DOCX, ODT, PPTX, XLSX, ZIP, FileType, FileTypeNotAllowed
from tests import file_samples as samples

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def kind_of(content: bytes) -> FileType:
    return archive_kind(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.office(), DOCX),
        (samples.office(SHEET), XLSX),
        (samples.office(SLIDES), PPTX),
        (samples.open_document(), ODT),
        (samples.archive({"larks.txt": b"larks"}), ZIP),
    ],
)
def test_the_content_says_what_it_is(content: bytes, kind: FileType):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        samples.with_macros(),
        samples.with_hidden_macros(),
        samples.office(more={"word/VBAPROJECT.BIN": b"x"}),
        samples.office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        samples.office(SHEET, {"xl/macrosheets/sheet1.xml": b"x"}),
        samples.office(more={"word/activeX/activeX1.bin": b"x"}),
        samples.open_document(more={"Basic/Standard/Module1.xml": b"x"}),
        samples.open_document(more={"Scripts/python/evil.py": b"x"}),
    ],
)
def test_macros_are_refused(content: bytes):
    with pytest.raises(FileTypeNotAllowed, match="macros"):
        kind_of(content)


def test_a_bomb_is_refused():
    with pytest.raises(ArchiveTooLarge):
        kind_of(samples.zip_bomb())


def test_ten_thousand_entries_are_refused():
    with pytest.raises(ArchiveTooLarge):
        kind_of(samples.archive({f"{n}.txt": b"" for n in range(10_001)}))


def test_a_table_of_contents_that_claims_to_be_huge_is_not_read():
    content = bytearray(samples.archive({"larks.txt": b"larks"}))
    content[: len(content) - 22] = bytes(64 * 1024 * 1024)
    struct.pack_into("<I", content, len(content) - 22 + 12, 60 * 1024 * 1024)

    with pytest.raises(ArchiveTooLarge):
        kind_of(bytes(content))


@pytest.mark.parametrize("content", [b"PK\x03\x04", samples.office()[:-40], b"PK\x03\x04" * 200])
def test_what_is_broken_is_refused(content: bytes):
    with pytest.raises(FileTypeNotAllowed):
        kind_of(content)


@given(st.data())
def test_any_damage_gets_an_answer(data: st.DataObject):
    content = bytearray(samples.office())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileTypeNotAllowed, ArchiveTooLarge):
        kind_of(bytes(content))
