"""Half-open ranges of integers: `(start, end)` holds every n with start <= n < end."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def join_spans(spans: Iterable[Span]) -> list[Span]:
    """The same ground in order, where spans that touch or overlap are one and empty ones none."""
    ordered = sorted(span for span in spans if span[0] < span[1])
    if not ordered:
        return []
    joined: list[Span] = []
    first, last = ordered[0]
    for start, end in ordered:
        if start > last:
            joined.append((first, last))
            first, last = start, end
        elif end > last:
            last = end
    joined.append((first, last))
    return joined


def in_spans(spans: Sequence[Span], point: int) -> bool:
    """Whether any of the spans holds the point."""
    return any(start <= point < end for start, end in spans)
