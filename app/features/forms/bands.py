"""Outcome bands: every possible score has one name, and no more."""

from collections.abc import Iterator

from app.features.forms.failures import Flaw
from app.features.forms.schemas import FormDefinition
from app.features.forms.scoring import Span, score_span


def band_flaws(definition: FormDefinition) -> Iterator[Flaw]:
    """Bands of a form without scores, bands that overlap, and scores without a band."""
    if not definition.bands:
        return
    span = score_span(definition)
    if span is None:
        yield Flaw("/bands", "nothing_scored", "No field of this form adds to a score")
        return
    upside_down = [n for n, band in enumerate(definition.bands) if band.min > band.max]
    for number in upside_down:
        yield Flaw(f"/bands/{number}/max", "empty_range", "Must not be less than min")
    if not upside_down:
        yield from _uncovered(definition, span)


def _uncovered(definition: FormDefinition, span: Span) -> Iterator[Flaw]:
    expected = span.min
    in_order = sorted(enumerate(definition.bands), key=lambda one: one[1].min)
    for position, (number, band) in enumerate(in_order):
        if position and band.min < expected:
            other = in_order[position - 1][1].label
            yield Flaw(f"/bands/{number}/min", "bands_overlap", f"Overlaps with {other}")
        elif band.min > expected:
            gap = _scores(expected, band.min - 1)
            yield Flaw(f"/bands/{number}/min", "bands_gap", f"No band for {gap}")
        expected = max(expected, band.max + 1)
    if expected <= span.max:
        gap = _scores(expected, span.max)
        yield Flaw(f"/bands/{in_order[-1][0]}/max", "bands_gap", f"No band for {gap}")


def _scores(first: int, last: int) -> str:
    return f"a score of {first}" if first == last else f"scores from {first} to {last}"
