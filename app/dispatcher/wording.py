"""Filters of the letters' templates: instants as their reader says them, lines, quotations."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_time, get_timezone_name
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.core.amounts import locale_of
from app.core.clock import zone_named

NARROW_SPACE = "\u202f"
"""Between time and AM or PM; some mail programs show a box for it."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@pass_context
def when(context: Context, instant: str | datetime) -> str:
    """An instant in the reader's own zone and language, the zone named."""
    return instant_in_words(instant, context["reader"])


def instant_in_words(instant: str | datetime, reader: Any) -> str:
    """The same, for a `Recipient`."""
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return in_words(at, reader.time_zone, reader.locale)


@lru_cache(maxsize=4096)
def in_words(at: datetime, time_zone: str, locale: str) -> str:
    """`Thursday, December 3, 2026, 2:00 PM (Central European Standard Time)`."""
    language, local = locale_of(locale), at.astimezone(zone_named(time_zone))
    day = format_date(local, "full", locale=language)
    time = format_time(local, "short", locale=language)
    zone = get_timezone_name(local, "long", locale=language)
    return f"{day}, {time} ({zone})".replace(NARROW_SPACE, " ")


@pass_context
def on_day(context: Context, day: str | date) -> str:
    """A day of the calendar in the reader's language: `Thursday, December 3, 2026`."""
    return day_in_words(day, context["reader"])


def day_in_words(day: str | date, reader: Any) -> str:
    """The same, for a `Recipient`."""
    chosen = date.fromisoformat(day) if isinstance(day, str) else day
    return format_date(chosen, "full", locale=locale_of(reader.locale))


def line_breaks(text: str) -> Markup:
    """The text, escaped, with its lines kept apart in HTML."""
    return Markup("<br>").join(text.splitlines())


def quoted(text: str) -> str:
    """The text as plain-text mail quotes it."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def one_line(text: str) -> str:
    """The text without line breaks and control characters, as a header needs it."""
    return " ".join(_CONTROLS.sub(" ", text).split())
