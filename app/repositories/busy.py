"""What keeps a coach busy besides their appointments: calendars kept elsewhere."""

from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, DateTime, Label, Text, literal

EXTERNAL_COLUMNS = (
    "external_starts",
    "external_ends",
    "external_refs",
    "busy_data_as_of",
    "busy_data_stale",
)


def external_busy() -> tuple[Label[Any], ...]:
    """The EXTERNAL_COLUMNS of the statement that reads a diary, so that it stays one statement.

    The first three are parallel arrays, null for none: epoch seconds of the busy ranges that
    overlap `:since` to `:until`, and what explain() calls them. Then the time of the oldest copy
    that was read, and whether one of them is older than it should be. Also bound there are
    `:workspace_id` and `:coach_id`. No calendar is connected yet.
    """
    seconds, nobody = ARRAY(BigInteger()), literal(None, ARRAY(Text()))
    return (
        literal(None, seconds).label("external_starts"),
        literal(None, seconds).label("external_ends"),
        nobody.label("external_refs"),
        literal(None, DateTime(timezone=True)).label("busy_data_as_of"),
        literal(value=False, type_=Boolean()).label("busy_data_stale"),
    )
