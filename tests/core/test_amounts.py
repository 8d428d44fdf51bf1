"""Amounts as people read them."""

import pytest

from app.core.amounts import amount_in_words

SAMPLES = [
    (12345, "EUR", "en", "€123.45"),
    (12345, "EUR", "de", "123,45\xa0€"),
    (12345, "CAD", "en", "CA$123.45"),
    (12345, "CHF", "en", "CHF\xa0123.45"),
    (12345, "CHF", "de-CH", "CHF\xa0123.45"),
    (12345, "ZAR", "en-ZA", "R\xa0123,45"),
    (12345, "KWD", "en", "KWD\xa012.345"),
    (12345, "JPY", "xx", "¥12,345"),
]


@pytest.mark.parametrize(("minor", "currency", "locale", "written"), SAMPLES)
def test_amounts_are_written_as_the_language_does(
    minor: int, currency: str, locale: str, written: str
):
    assert amount_in_words(minor, currency, locale) == written
