"""Comma-separated values (RFC 4180) that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet reckon instead of show (OWASP: CSV injection)."""


def csv_line(cells: Iterable[object]) -> str:
    """One row with its line end; None is empty, and text that would be reckoned gets an apostrophe.

    Numbers and days are no text: a negative amount stays one.
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([_harmless(cell) for cell in cells])
    return written.getvalue()


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
