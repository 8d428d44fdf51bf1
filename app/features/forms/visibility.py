"""Which fields of a form are shown, from the first to the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.features.forms.rules import Answers, holds
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import HeadingField

NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class Shown:
    """The ids of the fields that are shown, and the answers that count: none that is hidden."""

    field_ids: Sequence[str]
    answers: dict[str, Any]


def shown(definition: FormDefinition, answers: Answers) -> Shown:
    """What these answers show of a form. A hidden answer hides what depends on it in turn."""
    field_ids: list[str] = []
    counted: dict[str, Any] = {}
    for field in definition.fields:
        if field.visible_if is not None and not holds(field.visible_if, counted):
            continue
        field_ids.append(field.id)
        answer = answers.get(field.id)
        if not isinstance(field, HeadingField) and not _is_nothing(answer):
            counted[field.id] = answer
    return Shown(field_ids, counted)


def _is_nothing(answer: Any) -> bool:
    return any(answer == nothing and type(answer) is type(nothing) for nothing in NOTHING)
