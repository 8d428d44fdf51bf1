"""Alternatives to a start that can't be had."""

from bisect import bisect_left
from collections.abc import Sequence

from app.slots.spans import Span
from app.slots.zones import DAY_SECONDS


def nearest_starts(starts: Sequence[int], wanted: int, *, count: int = 3) -> list[int]:
    """The `count` offered starts nearest to the wanted one; of two as near, the earlier first.

    `starts` are in order, as Offers has them. The answer is in order of time.
    """
    after = bisect_left(starts, wanted)
    around = starts[max(after - count, 0) : after + count]
    return sorted(sorted(around, key=lambda start: (abs(start - wanted), start))[:count])


def nearest_span(wanted: int, *, days: int = 7) -> Span:
    """The span in which to look for alternatives: that many days to either side."""
    return wanted - days * DAY_SECONDS, wanted + days * DAY_SECONDS + 1
