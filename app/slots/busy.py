"""Starts that busy time refuses, the buffers of both sides added up."""

from app.slots.diary import Busy
from app.slots.rules import SlotRules
from app.slots.spans import Span


def refused_by_busy(rules: SlotRules, busy: Busy) -> list[Span]:
    """For each busy range, in its place, the span of starts it refuses.

    A start is free if and only if `[start - buffer_before, start + duration + buffer_after)`
    misses the range. A range without length refuses nothing.
    """
    reach = rules.duration + rules.buffer_after - 1
    before = rules.buffer_before
    return [
        (start - reach, end + before) if start < end else (start, start)
        for start, end in zip(busy.starts, busy.ends, strict=True)
    ]


def busy_span(rules: SlotRules, since: int, until: int) -> Span:
    """The span whose busy ranges can refuse a start in `since <= start < until`: fetch these."""
    after = rules.duration + rules.buffer_after
    return since - rules.buffer_before, until - 1 + after
