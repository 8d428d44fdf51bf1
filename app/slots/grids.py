"""Grids: the starts a window would offer to an empty diary."""

from itertools import pairwise
from typing import NamedTuple

from app.slots.rules import SlotRules
from app.slots.spans import join_spans
from app.slots.windows import windows_between
from app.slots.zones import local_day


class Grid(NamedTuple):
    """The starts `anchor + k * step` that lie in `first <= start < end`; `first >= anchor`."""

    anchor: int
    step: int
    first: int
    end: int

    def starts(self, since: int, until: int) -> range:
        """The grid's starts in `since <= start < until`, itself within the grid."""
        return range(since + (self.anchor - since) % self.step, until, self.step)


def grids_between(rules: SlotRules, since: int, until: int) -> list[Grid]:
    """The grids of all starts in `since <= start < until`, in order and without overlap.

    A grid begins with its window and holds until the next window's grid takes over. The booking
    has to end within the coverage: windows that touch, over midnight too, count as one.
    """
    zone_name = rules.schedule.time_zone
    first_day = local_day(zone_name, since) - 1
    last_day = local_day(zone_name, until - 1 + rules.duration)
    windows = windows_between(rules.schedule, first_day, last_day)
    duration, step = rules.duration, rules.slot_interval
    coverage = iter(join_spans(windows))
    covered_until = 0
    grids: list[Grid] = []
    for (anchor, _), (next_anchor, _) in pairwise([*windows, (until, until)]):
        while covered_until <= anchor:
            _, covered_until = next(coverage)
        first = max(anchor, since)
        end = min(next_anchor, covered_until - duration + 1, until)
        if first < end:
            grids.append(Grid(anchor, step, first, end))
    return grids
