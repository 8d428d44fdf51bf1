import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.fields import Currency, Locale, TimeZone

time_zone = TypeAdapter(TimeZone)
locale = TypeAdapter(Locale)
currency = TypeAdapter(Currency)


@pytest.mark.parametrize("value", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_time_zones(value: str) -> None:
    assert time_zone.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("localtime", "posixrules", "Mars/Olympus", "europe/berlin", "+02:00", "", "/etc/passwd"),
        *("../../etc/passwd", "Europe/Berlin\x00", "Europe", "UTC\n"),
    ],
)
def test_unknown_time_zones_are_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        time_zone.validate_python(value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [("en", "en"), ("de_ch", "de-CH"), ("PT-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW")],
)
def test_locales_are_kept_as_language_tags(value: str, kept: str) -> None:
    assert locale.validate_python(value) == kept


@pytest.mark.parametrize(
    "value", ["", "e", "english", "xx", "en-", "en-ZZ", "root", "../en", "en\n"]
)
def test_unknown_locales_are_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        locale.validate_python(value)


@pytest.mark.parametrize("value", ["EUR", "USD", "JPY", "CHF"])
def test_currencies(value: str) -> None:
    assert currency.validate_python(value) == value


@pytest.mark.parametrize("value", ["eur", "EURO", "DEM", "XXX", "XTS", "", "€", "EUR\n"])
def test_currencies_not_in_use_are_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        currency.validate_python(value)
