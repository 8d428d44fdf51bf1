"""Bounded types for everything a caller may send, and the base models that use them."""

from app.core.fields.changes import UNCHANGED, changes, flat_changes
from app.core.fields.instants import Day, Instant
from app.core.fields.mail import Email, Phone, normalise_email
from app.core.fields.models import Filters, In, Out
from app.core.fields.numbers import Int4, Int8, Measure, Money
from app.core.fields.places import CountryCode, Currency, Locale, TimeZone
from app.core.fields.text import HexColor, Line, Name, Slug, Text, WebUrl

__all__ = [
    "UNCHANGED",
    "CountryCode",
    "Currency",
    "Day",
    "Email",
    "Filters",
    "HexColor",
    "In",
    "Instant",
    "Int4",
    "Int8",
    "Line",
    "Locale",
    "Measure",
    "Money",
    "Name",
    "Out",
    "Phone",
    "Slug",
    "Text",
    "TimeZone",
    "WebUrl",
    "changes",
    "flat_changes",
    "normalise_email",
]
