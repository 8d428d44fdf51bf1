"""A form as JSON Schema 2020-12, exact for answers of which the hidden ones were dropped.

`formatMinimum` and `formatMaximum` bound dates, as ajv-formats has them: the standard has no word
for it.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import (
    ConsentField,
    DateField,
    FileField,
    FormItem,
    HeadingField,
    LongTextField,
    MultiChoiceField,
    NumberField,
    Question,
    ScaleField,
    ShortTextField,
    SingleChoiceField,
)
from app.features.forms.schemas_rules import AllOf, AnyOf, Comparison, Not, Rule

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NEVER: Json = {"not": {}}

BOUNDS = {
    "less_than": "exclusiveMaximum",
    "at_most": "maximum",
    "more_than": "exclusiveMinimum",
    "at_least": "minimum",
}
DATE_BOUNDS = {
    "less_than": "formatExclusiveMaximum",
    "at_most": "formatMaximum",
    "more_than": "formatExclusiveMinimum",
    "at_least": "formatMinimum",
}


def form_schema(definition: FormDefinition) -> Json:
    """The schema of a whole form: what is shown, and required, depends on earlier answers."""
    questions = [field for field in definition.fields if isinstance(field, Question)]
    fields: dict[str, FormItem] = {field.id: field for field in questions}
    always = [field.id for field in questions if field.visible_if is None]
    schema = _object(definition, questions, required=always)
    conditions = [
        _shown_if(field, field.visible_if, fields) for field in questions if field.visible_if
    ]
    return {**schema, "allOf": conditions} if conditions else schema


def schema_of_shown(definition: FormDefinition, shown: Collection[str]) -> Json:
    """The schema of the fields that are shown alone."""
    seen = set(shown)
    questions = [
        field for field in definition.fields if isinstance(field, Question) and field.id in seen
    ]
    return _object(definition, questions, required=seen)


def _object(
    definition: FormDefinition, questions: Sequence[Question], *, required: Collection[str]
) -> Json:
    needed = [field.id for field in questions if field.required and field.id in required]
    return {
        "$schema": DIALECT,
        "title": definition.title,
        "type": "object",
        "properties": {field.id: answer_schema(field) for field in questions},
        "required": needed,
        "additionalProperties": False,
    }


def _shown_if(field: Question, rule: Rule, fields: dict[str, FormItem]) -> Json:
    """Asked for while the rule holds, and absent while it doesn't."""
    there: Json = {"required": [field.id]} if field.required else {}
    return {
        "if": rule_schema(rule, fields),
        "then": there,
        "else": {"properties": {field.id: False}},
    }


def answer_schema(field: Question) -> Json:
    """The schema of one question's answer."""
    told = {"title": field.label, "description": field.help}
    return {**{name: words for name, words in told.items() if words}, **SCHEMAS[field.type](field)}


def _line(field: ShortTextField) -> Json:
    return _text(field) | ({} if field.pattern is None else {"pattern": field.pattern})


def _text(field: ShortTextField | LongTextField) -> Json:
    return {"type": "string", "minLength": field.min_length, "maxLength": field.max_length}


def _number(field: NumberField) -> Json:
    bounds = {"minimum": field.min, "maximum": field.max}
    kind = "integer" if field.integer else "number"
    return {"type": kind, **{name: value for name, value in bounds.items() if value is not None}}


def _scale(field: ScaleField) -> Json:
    return {"type": "integer", "minimum": field.min, "maximum": field.max}


def _one(field: SingleChoiceField) -> Json:
    return {"enum": [choice.value for choice in field.choices]}


def _several(field: MultiChoiceField) -> Json:
    schema: Json = {
        "type": "array",
        "items": {"enum": [choice.value for choice in field.choices]},
        "uniqueItems": True,
        "minItems": max(field.min_choices, 1),
    }
    return schema if field.max_choices is None else {**schema, "maxItems": field.max_choices}


def _date(field: DateField) -> Json:
    bounds = {"formatMinimum": field.min, "formatMaximum": field.max}
    told = {name: day.isoformat() for name, day in bounds.items() if day is not None}
    return {"type": "string", "format": "date", **told}


def _files(field: FileField) -> Json:
    ids = {"type": "string", "format": "uuid"}
    return {"type": "array", "items": ids, "minItems": 1, "maxItems": field.max_files}


def _consent(field: ConsentField) -> Json:
    return {"const": True} if field.required else {"type": "boolean"}


def _address(field: Question) -> Json:
    return {"type": "string", "format": field.type}


SCHEMAS: Mapping[str, Callable[[Any], Json]] = {
    "short_text": _line,
    "long_text": _text,
    "number": _number,
    "scale": _scale,
    "single_choice": _one,
    "multi_choice": _several,
    "date": _date,
    "email": _address,
    "phone": _address,
    "file": _files,
    "consent": _consent,
}


def rule_schema(rule: Rule, fields: dict[str, FormItem]) -> Json:
    """What answers are like for which the rule holds."""
    if isinstance(rule, AllOf):
        return {"allOf": [rule_schema(part, fields) for part in rule.all]}
    if isinstance(rule, AnyOf):
        return {"anyOf": [rule_schema(part, fields) for part in rule.any]}
    if isinstance(rule, Not):
        return {"not": rule_schema(rule.negated, fields)}
    if isinstance(fields.get(rule.field), HeadingField | None):
        return NEVER
    answer = _compared(rule, fields[rule.field])
    return {"required": [rule.field], "properties": {rule.field: answer}}


def _compared(rule: Comparison, field: FormItem) -> Json:
    if rule.op == "answered":
        return {}
    if rule.op == "equals":
        return {"const": rule.value}
    if rule.op == "in":
        return {"enum": rule.value}
    if rule.op != "contains":
        bounds = DATE_BOUNDS if isinstance(field, DateField) else BOUNDS
        return {bounds[rule.op]: rule.value}
    if isinstance(field, MultiChoiceField):
        return {"contains": {"const": rule.value}}
    return {"pattern": re.sub(r"([^\w\s])", r"\\\1", str(rule.value))}
