"""What a form must be like to be kept: each flaw is told, with the place it is at."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.features.forms.answer_types import WrongAnswer, typed
from app.features.forms.bands import band_flaws
from app.features.forms.failures import Flaw
from app.features.forms.rules import OPERATORS, comparisons
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import (
    DateField,
    FormItem,
    HeadingField,
    LongTextField,
    MultiChoiceField,
    NumberField,
    ScaleField,
    ShortTextField,
    SingleChoiceField,
)
from app.features.forms.schemas_rules import Comparison
from app.features.forms.validating import takes_pattern

DEEPEST_RULE, MOST_COMPARISONS = 6, 50

Bounded = ShortTextField | LongTextField | NumberField | ScaleField | DateField | MultiChoiceField


def kept(definition: FormDefinition) -> dict[str, Any]:
    """A definition as it is stored."""
    return definition.model_dump(mode="json", by_alias=True)


def digest(definition: Mapping[str, Any]) -> str:
    """The SHA-256 of a stored definition, whatever the order of its members."""
    canonical = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def types_of(definition: FormDefinition) -> dict[str, str]:
    """The type of each field, by its id."""
    return {field.id: field.type for field in definition.fields}


def flaws(definition: FormDefinition, published: Mapping[str, str]) -> Iterator[Flaw]:
    """All that is wrong; `published` are the types that ids have had in versions of the form."""
    earlier: dict[str, FormItem] = {}
    for number, field in enumerate(definition.fields):
        at = f"/fields/{number}"
        if field.id in earlier:
            yield Flaw(f"{at}/id", "duplicate_id", "Another field has this id")
        was = published.get(field.id, field.type)
        if was != field.type:
            yield Flaw(
                f"{at}/type", "field_type_changed", f"It was published as {was}: use a new id"
            )
        yield from _own_flaws(field, at)
        if field.visible_if is not None:
            yield from _rule_flaws(field, earlier, f"{at}/visible_if")
        earlier.setdefault(field.id, field)
    yield from band_flaws(definition)


def _own_flaws(field: FormItem, at: str) -> Iterator[Flaw]:
    if not takes_pattern(field):
        yield Flaw(
            f"{at}/pattern",
            "invalid_pattern",
            "Not a regular expression without look-around and back references, or too large",
        )
    if isinstance(field, Bounded):
        for low, high in BOUNDS:
            least, most = getattr(field, low, None), getattr(field, high, None)
            if least is not None and most is not None and least > most:
                yield Flaw(f"{at}/{high}", "empty_range", f"Must not be less than {low}")
    if isinstance(field, MultiChoiceField) and field.min_choices > len(field.choices):
        yield Flaw(f"{at}/min_choices", "empty_range", "There are not as many choices")
    if isinstance(field, MultiChoiceField) and field.max_choices == 0:
        yield Flaw(f"{at}/max_choices", "empty_range", "Must be at least 1")


BOUNDS = (("min", "max"), ("min_length", "max_length"), ("min_choices", "max_choices"))


def _rule_flaws(field: FormItem, earlier: Mapping[str, FormItem], at: str) -> Iterator[Flaw]:
    if field.visible_if is None:
        return
    found = list(comparisons(field.visible_if, at))
    if len(found) > MOST_COMPARISONS or max(depth for _, depth, _ in found) > DEEPEST_RULE:
        limits = f"{MOST_COMPARISONS} comparisons, {DEEPEST_RULE} deep"
        yield Flaw(at, "rule_too_large", f"At most {limits}")
        return
    for place, _, comparison in found:
        yield from _comparison_flaws(comparison, earlier.get(comparison.field), place)


def _comparison_flaws(rule: Comparison, target: FormItem | None, at: str) -> Iterator[Flaw]:
    if target is None:
        yield Flaw(f"{at}/field", "not_an_earlier_field", "Names no field before this one")
    elif isinstance(target, HeadingField):
        yield Flaw(f"{at}/field", "takes_no_answer", "A heading has no answer")
    elif rule.op == "answered":
        if rule.value is not None:
            yield Flaw(f"{at}/value", "unexpected_value", "answered takes no value")
    elif rule.op not in OPERATORS[type(target)]:
        known = ", ".join(("answered", *OPERATORS[type(target)]))
        yield Flaw(f"{at}/op", "wrong_operator", f"This field can be asked for {known}")
    elif not _fits(rule, target):
        yield Flaw(f"{at}/value", "wrong_value", "Not a value that the field's answer can have")


def _fits(rule: Comparison, target: FormItem) -> bool:
    """Whether the value could be compared with an answer to `target`."""
    if rule.op == "in":
        return isinstance(rule.value, list) and all(_is_like(one, target) for one in rule.value)
    if isinstance(target, MultiChoiceField):
        return rule.value in {choice.value for choice in target.choices}
    return _is_like(rule.value, target)


def _is_like(value: Any, target: FormItem) -> bool:
    if isinstance(value, list | None) or value == "":
        return False
    if isinstance(target, SingleChoiceField):
        return value in {choice.value for choice in target.choices}
    try:
        return bool(typed(target, value) == value)
    except WrongAnswer:
        return False
