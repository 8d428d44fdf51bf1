"""What a viewer asks for: dates of their own zone, as a span of instants."""

from datetime import date

from app.slots.spans import Span
from app.slots.zones import midnight

MAX_QUERY_DAYS = 93


class BadQuery(ValueError):
    """The dates ask for no day at all, or for more than MAX_QUERY_DAYS."""


def query_span(time_zone: str, first: date, until: date) -> Span:
    """The instants of the viewer's dates from `first` up to, and without, `until`.

    Raises BadQuery and UnknownZone.
    """
    days = (until - first).days
    if not 0 < days <= MAX_QUERY_DAYS:
        raise BadQuery(f"ask for 1 to {MAX_QUERY_DAYS} days, not {days}")
    return midnight(time_zone, first.toordinal()), midnight(time_zone, until.toordinal())
