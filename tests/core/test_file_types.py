"""What a file is, told by how it begins; the extension has to agree."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.file_types import (
    ALL_TYPES,
    FileEmpty,
    FileExtensionMismatch,
    FileTypeNotAllowed,
    file_type,
)
from tests import file_samples as samples
from tests.pictures import jpeg, png, webp_lossy

UTF16_HTML = "<html>".encode("utf-16")


@pytest.mark.parametrize(
    ("content", "extension", "media_type"),
    [
        (samples.PDF, "pdf", "application/pdf"),
        (samples.PDF, "PDF", "application/pdf"),
        (png(), "png", "image/png"),
        (jpeg(), "jpeg", "image/jpeg"),
        (webp_lossy(), "webp", "image/webp"),
        (samples.photo(kind="AVIF"), "avif", "image/avif"),
        (samples.photo(kind="GIF"), "gif", "image/gif"),
        (samples.MP3, "mp3", "audio/mpeg"),
        (samples.MP4, "mp4", "video/mp4"),
        (samples.MP4, "m4a", "audio/mp4"),
        (samples.TEXT, "txt", "text/plain"),
        (samples.TEXT, "md", "text/markdown"),
        ("name;größe\n".encode("cp1252"), "csv", "text/csv"),
        ("\ufeffLärche".encode(), "txt", "text/plain"),
        ("Lärche".encode("utf-16"), "txt", "text/plain"),
        (b"BMI of my clients, as text", "txt", "text/plain"),
        (b"<Ada> we start at nine\n<Ben> fine", "txt", "text/plain"),
        (samples.office(), "docx", samples.WORD_MAIN.removesuffix(".main+xml")),
        (samples.archive({"larks.txt": b"x"}), "zip", "application/zip"),
        (samples.PDF, "", "application/pdf"),
        (samples.TEXT, "", "text/plain"),
    ],
)
def test_what_is_taken(content: bytes, extension: str, media_type: str):
    assert file_type(content, extension).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        b"\n  <html><body>",
        b"\xef\xbb\xbf<script>alert(1)</script>",
        b"<!-- a comment --><html>",
        UTF16_HTML,
        samples.SVG,
        b'<?xml version="1.0"?><svg/>',
        samples.RTF,
        b"#!/bin/sh\nrm -rf /",
        samples.EXE,
        samples.OLD_WORD,
        b"\x1f\x8b\x08\x00" + b"\x00" * 100,
        b"\x7fELF" + b"\x00" * 100,
        b"BM" + b"\x00" * 100,
        b"II*\x00" + b"\x00" * 100,
        b"\x00\x01\x02\x03 nothing known",
    ],
)
@pytest.mark.parametrize("extension", ["png", "txt", "pdf", ""])
def test_what_is_not_taken_whatever_it_is_called(content: bytes, extension: str):
    with pytest.raises(FileTypeNotAllowed):
        file_type(content, extension)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (png(), "pdf"),
        (png(), "html"),
        (samples.PDF, "png"),
        (samples.TEXT, "png"),
        (samples.TEXT, "exe"),
        (samples.TEXT, "html"),
        (samples.office(), "pdf"),
        (samples.office(), "docm"),
        (samples.MP4, "exe"),
    ],
)
def test_a_wrong_extension_is_refused(content: bytes, extension: str):
    with pytest.raises(FileExtensionMismatch):
        file_type(content, extension)


def test_an_empty_file_is_refused():
    with pytest.raises(FileEmpty):
        file_type(b"", "txt")


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["png", "txt", "", "exe"]))
def test_any_bytes_get_an_answer(content: bytes, extension: str):
    with suppress(FileTypeNotAllowed, FileExtensionMismatch):
        assert file_type(content, extension) in ALL_TYPES


@given(st.sampled_from([b"\x00\x00\x00\x18ftyp", b"PK\x03\x04", b"RIFF"]), st.binary(max_size=300))
def test_any_continuation_gets_an_answer(beginning: bytes, rest: bytes):
    with suppress(FileTypeNotAllowed, FileExtensionMismatch):
        assert file_type(beginning + rest, "mp4") in ALL_TYPES


def test_what_may_be_shown_in_place_is_pictures_and_pdfs():
    shown = {kind.media_type for kind in ALL_TYPES if kind.inline}

    assert shown == {
        "application/pdf",
        "image/avif",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
    }
