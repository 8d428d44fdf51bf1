"""Answers against the schema of what is shown: validated in Rust, in linear time, offline."""

import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator, RegexOptions, ValidationError

from app.core.validation_errors import json_pointer
from app.features.forms.answer_types import is_email, is_phone
from app.features.forms.json_schema import schema_of_shown
from app.features.forms.rules import Answers
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import FormItem, ShortTextField

PATTERNS = RegexOptions(size_limit=1 << 18)
"""Without backtracking; 256 KiB are enough for what people write, and too little for a bomb."""

Problem = dict[str, str]

CODES: Mapping[str, tuple[str, str]] = {
    "required": ("required", "Needs an answer"),
    "const": ("consent_required", "Needs your consent"),
    "minLength": ("too_short", "Must have at least {limit} characters"),
    "maxLength": ("too_long", "Must have at most {limit} characters"),
    "minItems": ("too_few", "Needs at least {limit}"),
    "maxItems": ("too_many", "Takes at most {limit}"),
    "minimum": ("too_small", "Must be at least {limit}"),
    "maximum": ("too_large", "Must be at most {limit}"),
    "formatMinimum": ("too_early", "Must not be before {limit}"),
    "formatMaximum": ("too_late", "Must not be after {limit}"),
    "pattern": ("wrong_form", "Has not the form that is asked for"),
    "enum": ("unknown_choice", "Not among what can be chosen"),
    "type": ("wrong_type", "Is not the kind of answer that is asked for"),
}
"""By what the validator calls it: what the API does, in a stable word and for people."""

FORMATS = {
    "email": ("wrong_email", "Must be an e-mail address"),
    "phone": ("wrong_phone", "Must be a telephone number with its country code"),
}
OTHERWISE = ("invalid", "Is not what is asked for")


def _date_bound(within: Callable[[str, str], bool]) -> type[Any]:
    """A keyword that bounds dates, which as texts are in order."""

    class Bound:
        def __init__(self, _schema: dict[str, Any], bound: Any, _path: list[str | int]) -> None:
            self._bound = bound

        def validate(self, instance: Any) -> None:
            if isinstance(instance, str) and not within(instance, self._bound):
                raise ValueError(self._bound)

    return Bound


KEYWORDS = {
    "formatMinimum": _date_bound(operator.ge),
    "formatMaximum": _date_bound(operator.le),
    "formatExclusiveMinimum": _date_bound(operator.gt),
    "formatExclusiveMaximum": _date_bound(operator.lt),
}


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator that fetches nothing; ValidationError for a pattern it can't take."""
    return Draft202012Validator(
        schema,
        offline=True,
        validate_formats=True,
        pattern_options=PATTERNS,
        formats={"email": is_email, "phone": is_phone},
        keywords=KEYWORDS,
    )


def answer_problems(
    definition: FormDefinition, shown: Collection[str], answers: Answers
) -> list[Problem]:
    """What keeps answers that count from being handed in, in the order of the form."""
    schema = schema_of_shown(definition, shown)
    found: dict[str, Problem] = {}
    for error in validator(schema).iter_errors(dict(answers)):
        problem = _problem(error)
        found.setdefault(problem["pointer"], problem)
    order = {json_pointer(["answers", field.id]): n for n, field in enumerate(definition.fields)}
    return sorted(found.values(), key=lambda one: order.get(one["pointer"], len(order)))


def _problem(error: ValidationError) -> Problem:
    facts = error.kind.as_dict()
    name, limit = error.kind.name, facts.get("limit", facts.get("message"))
    code, words = FORMATS.get(facts.get("format", "")) or CODES.get(name, OTHERWISE)
    place = facts["property"] if name == "required" else error.instance_path[0]
    return {
        "in": "body",
        "pointer": json_pointer(["answers", place]),
        "code": code,
        "detail": words.format(limit=limit),
    }


def takes_pattern(field: FormItem) -> bool:
    """Whether the field's pattern, if it has one, is one that can be searched for."""
    if not isinstance(field, ShortTextField) or field.pattern is None:
        return True
    try:
        validator({"pattern": field.pattern})
    except ValidationError:
        return False
    return True
