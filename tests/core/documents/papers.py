"""Documents for tests, and what can be read on them."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
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


def ink_at(pdf: bytes, folder: Path, box: tuple[int, int, int, int]) -> float:
    """How much of a box (x, y, width, height in points) on the first page isn't white."""
    (folder / "paper.pdf").write_bytes(pdf)
    resolution = ["-r", "72", "-cropbox", "-f", "1", "-l", "1", "-singlefile", "-png"]
    paths = [str(folder / "paper.pdf"), str(folder / "page")]
    subprocess.run(["pdftoppm", *resolution, *paths], check=True)
    x, y, width, height = box
    with Image.open(folder / "page.png") as page:
        shown = page.convert("L").crop((x + 1, y + 1, x + width - 1, y + height - 1))
    levels = shown.histogram()
    return 1 - sum(levels[250:]) / sum(levels)
