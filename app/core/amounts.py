"""Amounts of money in words, as their reader writes them."""

import re
from copy import copy
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, format_decimal

from app.core.money import exponent, in_major_units

BETWEEN_LETTER_AND_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def amount_in_words(amount_minor: int, currency: str, locale: str) -> str:
    """12345 EUR cents as `€123.45`, with all of the currency's decimals.

    A currency of letters is set apart, as CLDR's currencySpacing asks: `CHF 123.45`.
    """
    pattern = _pattern(locale, exponent(currency))
    amount, language = in_major_units(amount_minor, currency), locale_of(locale)
    written: str = pattern.apply(amount, language, currency=currency, currency_digits=False)
    return BETWEEN_LETTER_AND_DIGIT.sub("\N{NO-BREAK SPACE}", written)


def decimal_in_words(value: Decimal, locale: str) -> str:
    """`1.5`, or `1,5`; all decimals there are."""
    return format_decimal(value.normalize(), locale=locale_of(locale), decimal_quantization=False)


@lru_cache(maxsize=256)
def locale_of(name: str) -> Locale:
    """The locale of a language tag; English where there is none."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=256)
def _pattern(locale: str, decimals: int) -> NumberPattern:
    """How the language writes amounts, with ISO 4217's decimals instead of what is usual."""
    pattern: NumberPattern = copy(locale_of(locale).currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    return pattern
