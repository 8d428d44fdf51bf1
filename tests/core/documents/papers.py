"""Documents for tests, and what can be read on them."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

NAMES = {
    "latin": "Zoë Müller-Šťastná",
    "polish": "Łucja Źdźbło",
    "vietnamese": "Đặng Thị Hồng",
    "greek": "Ελένη Παπαδοπούλου",
    "cyrillic": "Олександра Шевченко",
    "arabic": "محمد أحمد الزهراني",
    "hebrew": "שלומית לוי",
    "devanagari": "प्रिया शर्मा",
}
"""A name in each script that our fonts draw."""

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def poppler_text(pdf: bytes, folder: Path) -> str:
    """The text an independent reader finds."""
    (folder / "paper.pdf").write_bytes(pdf)
    found = subprocess.run(
        ["pdftotext", str(folder / "paper.pdf"), "-"], check=True, capture_output=True
    )
    return found.stdout.decode()
