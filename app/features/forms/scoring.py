"""A form's score: what the chosen answers add up to, and what that is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.features.forms.rules import Answers
from app.features.forms.schemas import Band, FormDefinition
from app.features.forms.schemas_fields import (
    Choice,
    FormItem,
    MultiChoiceField,
    Question,
    ScaleField,
    SingleChoiceField,
)


@dataclass(frozen=True, slots=True)
class Result:
    """A score and the band it is in; None for a form without scores, or without bands."""

    score: int | None
    band: Band | None

    @property
    def label(self) -> str | None:
        """What the band is called."""
        return self.band.label if self.band else None


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and the highest score that is possible, both included."""

    min: int
    max: int


def result_of(definition: FormDefinition, answers: Answers) -> Result:
    """The score of answers that count, and its band."""
    if not any(_is_scored(field) for field in definition.fields):
        return Result(None, None)
    fields = (field for field in definition.fields if field.id in answers)
    score = sum(_points(field, answers[field.id]) for field in fields)
    band = next((band for band in definition.bands if band.min <= score <= band.max), None)
    return Result(score, band)


def score_span(definition: FormDefinition) -> Span | None:
    """Between which scores answers can come to lie; None for a form without scores."""
    spans = [_span(field) for field in definition.fields if _is_scored(field)]
    return Span(sum(one.min for one in spans), sum(one.max for one in spans)) if spans else None


def _is_scored(field: FormItem) -> bool:
    if isinstance(field, SingleChoiceField | MultiChoiceField):
        return any(choice.score is not None for choice in field.choices)
    return isinstance(field, ScaleField) and field.scored


def _points(field: FormItem, answer: Any) -> int:
    if isinstance(field, ScaleField):
        return int(answer) if field.scored else 0
    if isinstance(field, SingleChoiceField):
        return _worth(field.choices, {answer})
    return _worth(field.choices, set(answer)) if isinstance(field, MultiChoiceField) else 0


def _worth(choices: Sequence[Choice], chosen: set[str]) -> int:
    return sum(choice.score or 0 for choice in choices if choice.value in chosen)


def _span(field: FormItem) -> Span:
    """What one field can add; nothing at all where it may stay without an answer."""
    low, high = _extremes(field)
    if isinstance(field, Question) and field.required and field.visible_if is None:
        return Span(low, high)
    return Span(min(low, 0), max(high, 0))


def _extremes(field: FormItem) -> tuple[int, int]:
    if isinstance(field, ScaleField):
        return field.min, field.max
    if isinstance(field, SingleChoiceField):
        scores = [choice.score or 0 for choice in field.choices]
        return min(scores), max(scores)
    return _extreme_sums(field) if isinstance(field, MultiChoiceField) else (0, 0)


def _extreme_sums(field: MultiChoiceField) -> tuple[int, int]:
    """The smallest and the largest sum of as many choices as may be chosen."""
    scores = sorted(choice.score or 0 for choice in field.choices)
    counts = range(max(field.min_choices, 1), (field.max_choices or len(scores)) + 1)
    allowed = [count for count in counts if count <= len(scores)] or [len(scores)]
    lowest = min(sum(scores[:count]) for count in allowed)
    return lowest, max(sum(scores[len(scores) - count :]) for count in allowed)
