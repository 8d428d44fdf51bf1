"""What can be wrong with a schedule's intervals before it is saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.slots.schedule import WEEKDAYS, Interval
from app.slots.zones import DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two intervals that share a minute; weekdays are 0 (Monday) to 6."""

    first_weekday: int
    first: Interval
    second_weekday: int
    second: Interval


def find_overlap(weekly: Mapping[int, Sequence[Interval]]) -> Overlap | None:
    """The first two weekly intervals that overlap: on a day, over midnight or over the week's end.

    Intervals that only touch are fine.
    """
    placed = sorted((weekday, each) for weekday, intervals in weekly.items() for each in intervals)
    for (day, first), (next_day, second) in pairwise([*placed, *_a_week_later(placed)]):
        if day * DAY_MINUTES + first.end > next_day * DAY_MINUTES + second.start:
            return Overlap(day, first, next_day % WEEKDAYS, second)
    return None


def _a_week_later(placed: list[tuple[int, Interval]]) -> list[tuple[int, Interval]]:
    """Where the first interval of the week comes round again."""
    return [(weekday + WEEKDAYS, interval) for weekday, interval in placed[:1]]


def find_date_overlap(intervals: Iterable[Interval]) -> tuple[Interval, Interval] | None:
    """The first two intervals of one date that overlap."""
    for first, second in pairwise(sorted(intervals)):
        if first.end > second.start:
            return first, second
    return None
