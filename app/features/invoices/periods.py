"""The days on which a schedule makes invoices. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Unit = Literal["week", "month", "year"]

MONTHS = {"month": 1, "year": 12}


def day_of(starts_on: date, unit: Unit, interval: int, n: int) -> date:
    """The day of the period `n`, counted from 0.

    Months and years keep the day of the month; where a month is too short, it is its last day,
    and the next long one has the day itself again.
    """
    if unit == "week":
        return starts_on + timedelta(weeks=interval * n)
    months = starts_on.year * 12 + starts_on.month - 1 + MONTHS[unit] * interval * n
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(starts_on.day, last))
