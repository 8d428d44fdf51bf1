"""Names of files: whatever is sent, what is kept is harmless in lists, headers and folders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.file_names import (
    LONGEST,
    FileNameMissing,
    clean_name,
    disposition,
    name_in_disposition,
    name_in_form,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Worksheet 1.pdf", "Worksheet 1.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\plan.docx", "plan.docx"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066plan\u2069.pdf", "plan.pdf"),
        ("nul\x00byte.txt", "nulbyte.txt"),
        (".htaccess", "htaccess"),
        ("plan.pdf. . .", "plan.pdf"),
        ("  many   spaces .pdf", "many spaces.pdf"),
        ('say "hi"?.txt', "say _hi__.txt"),
        ("Übung für Zoë 👩‍👧.pdf", "Übung für Zoë 👩‍👧.pdf"),
        ("e\u0301tude.pdf", "\u00e9tude.pdf"),
        ("x" * 400 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("x" * 400, "x" * LONGEST),
        ("notes.final version two", "notes.final version two"),
        ("\ud800lone.txt", "lone.txt"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str):
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    "given", ["", "   ", "...", "/", "folder/", "\u202e\u2066", "\r\n", ".. / .."]
)
def test_a_name_of_nothing_is_refused(given: str):
    with pytest.raises(FileNameMissing):
        clean_name(given)


@given(st.text(max_size=300))
def test_whatever_is_sent_fits_into_a_header(given: str):
    try:
        name = clean_name(given)
    except FileNameMissing:
        return
    header = disposition(name, inline=False)

    assert len(name) <= LONGEST
    assert clean_name(name) == name
    assert header.isascii()
    assert header.isprintable()
    assert name_in_disposition(header) == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment", None),
        ('attachment; filename="plan.pdf"', "plan.pdf"),
        ("attachment; filename=plan.pdf", "plan.pdf"),
        ("attachment; filename*=UTF-8''na%C3%AFve.pdf", "naïve.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%C3%A4.pdf", "ä.pdf"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ('attachment; filename="\xc3\xa4.pdf"', "ä.pdf"),
        ('attachment; filename="\xe4.pdf"', "ä.pdf"),
        ("attachment; filename*=bogus''x.pdf", "x.pdf"),
        ("attachment; filename*=utf-8''%ff.pdf", "\ufffd.pdf"),
        ('attachment; FILENAME="plan.pdf"', "plan.pdf"),
        (";;;=", None),
    ],
)
def test_a_header_tells_the_name(header: str, name: str | None):
    assert name_in_disposition(header) == name


def test_browsers_escape_in_forms():
    header = 'form-data; name="file"; filename="100%22 plan%0D%0A.pdf"'

    assert name_in_form(header) == '100" plan.pdf'


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_any_header_can_be_read(header: str):
    name_in_disposition(header)


def test_pictures_may_be_shown_in_place():
    assert disposition("ä.png", inline=True) == (
        "inline; filename=\"a_.png\"; filename*=UTF-8''%C3%A4.png"
    )
