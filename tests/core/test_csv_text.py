"""Rows that spreadsheets show and do not run."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from app.core.csv_text import csv_line


def test_rows_are_read_back_as_they_were():
    cells = ["Ada, Countess", 'the "first"', "two\nlines", None, Decimal("-1.50"), date(2026, 1, 2)]
    [row] = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert row == ["Ada, Countess", 'the "first"', "two\nlines", "", "-1.50", "2026-01-02"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_be_reckoned_is_shown(start: str):
    [row] = csv.reader(io.StringIO(csv_line([f"{start}HYPERLINK(1)"]), newline=""))
    assert row == [f"'{start}HYPERLINK(1)"]
