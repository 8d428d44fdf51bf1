"""Instants and days between the years 1900 and 2200; never a naive date-time."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

FIRST_YEAR, LAST_YEAR = 1900, 2200

RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
CALENDAR_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

D = TypeVar("D", bound=date)


def _rfc_3339(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not RFC_3339.fullmatch(value):
        raise ValueError("must be an RFC 3339 date-time with its offset")
    return value


def _calendar_day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not CALENDAR_DAY.fullmatch(value):
        raise ValueError("must be a date, YYYY-MM-DD")
    return value


def _in_utc(value: datetime) -> datetime:
    return _in_our_time(value).astimezone(UTC)


def _in_our_time(value: D) -> D:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"must be between the years {FIRST_YEAR} and {LAST_YEAR}")
    return value


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_rfc_3339),
    AfterValidator(_in_utc),
    Field(json_schema_extra={"examples": ["2026-11-03T09:30:00Z"]}),
]
"""A point in time, sent with any offset (RFC 3339) and kept in UTC."""

Day = Annotated[
    date,
    BeforeValidator(_calendar_day),
    AfterValidator(_in_our_time),
    Field(json_schema_extra={"examples": ["2026-11-03"]}),
]
"""A day of the calendar, YYYY-MM-DD."""
