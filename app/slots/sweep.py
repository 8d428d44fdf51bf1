"""One sweep over the grids and the refused spans, both in order."""

from collections.abc import Iterable, Sequence

from app.slots.grids import Grid
from app.slots.spans import Span


def free_starts(grids: Iterable[Grid], refused: Sequence[Span]) -> list[int]:
    """The starts on the grids that no refused span holds, in order.

    `refused` comes joined: in order and without overlap. Whole ranges are taken between two
    refused spans, so the cost follows the spans and the starts found, not the starts looked at.
    """
    found: list[int] = []
    reached = 0
    for grid in grids:
        free_from = grid.first
        while reached < len(refused):
            begin, end = refused[reached]
            if begin >= grid.end:
                break
            if begin > free_from:
                found += grid.starts(free_from, begin)
            free_from = max(free_from, end)
            if end > grid.end:
                break
            reached += 1
        if free_from < grid.end:
            found += grid.starts(free_from, grid.end)
    return found
