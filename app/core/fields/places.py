"""Time zones, countries, locales and currencies, each from its register."""

from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from babel.core import get_global
from babel.localedata import locale_identifiers
from pydantic import AfterValidator, Field, StringConstraints

NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Files in a system's zone folder that name no zone of the IANA register."""

NOT_COUNTRIES = frozenset({"AC", "CP", "DG", "EA", "EU", "IC", "TA", "XK", "ZZ"})
"""Territories of CLDR that have no code in ISO 3166-1."""


@cache
def time_zones() -> frozenset[str]:
    """Every IANA time zone this installation knows."""
    return frozenset(available_timezones()) - NOT_PLACES


@cache
def locales() -> dict[str, str]:
    """Every locale Babel knows as a BCP 47 tag, by its lower-case spelling."""
    tags = (name.replace("_", "-") for name in locale_identifiers())
    return {tag.lower(): tag for tag in tags}


@cache
def currencies() -> frozenset[str]:
    """The ISO 4217 codes that are legal tender somewhere today."""
    return frozenset(
        code
        for tenders in get_global("territory_currencies").values()
        for code, _, until, is_tender in tenders
        if is_tender and until is None
    )


@cache
def countries() -> frozenset[str]:
    """The ISO 3166-1 codes of countries and territories, by the currencies they use."""
    return frozenset(
        territory
        for territory, tenders in get_global("territory_currencies").items()
        if territory not in NOT_COUNTRIES and any(until is None for _, _, until, _ in tenders)
    )


def _time_zone(value: str) -> str:
    if value not in time_zones():
        raise ValueError("must be an IANA time zone")
    return value


def _locale(value: str) -> str:
    tag = locales().get(value.replace("_", "-").lower())
    if tag is None:
        raise ValueError("must be a language tag such as en or de-CH")
    return tag


def _currency(value: str) -> str:
    if value not in currencies():
        raise ValueError("must be an ISO 4217 currency code in use")
    return value


def _country(value: str) -> str:
    if value not in countries():
        raise ValueError("must be an ISO 3166 country code")
    return value


TimeZone = Annotated[
    str,
    StringConstraints(max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_+\-/]*$"),
    AfterValidator(_time_zone),
    Field(json_schema_extra={"examples": ["Europe/Berlin"]}),
]
"""An IANA time zone."""

CountryCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    AfterValidator(_country),
    Field(json_schema_extra={"examples": ["DE"]}),
]
"""An ISO 3166-1 code of two letters."""

Locale = Annotated[
    str,
    StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*$"),
    AfterValidator(_locale),
    Field(json_schema_extra={"examples": ["en", "de-CH"]}),
]
"""A language tag (BCP 47) that Babel has data for; kept with hyphens."""

Currency = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    AfterValidator(_currency),
    Field(json_schema_extra={"examples": ["EUR"]}),
]
"""An ISO 4217 currency code in use."""
