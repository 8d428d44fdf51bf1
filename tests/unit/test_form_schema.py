"""The served schema and the server agree on every answer to every form, and quickly."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import ValidationError

from app.features.forms.definitions import flaws
from app.features.forms.json_schema import form_schema
from app.features.forms.schemas import FormDefinition
from app.features.forms.validating import answer_problems, validator
from app.features.forms.visibility import shown

CHOICES = [{"value": value, "label": value} for value in "abc"]
BASES: list[dict[str, Any]] = [
    {"type": "short_text", "max_length": 3, "pattern": "^[a-c]*$"},
    {"type": "number", "min": 0, "max": 5},
    {"type": "scale", "min": 1, "max": 3},
    {"type": "single_choice", "choices": CHOICES},
    {"type": "multi_choice", "choices": CHOICES, "max_choices": 2},
    {"type": "date", "min": "2026-01-02"},
    {"type": "email"},
    {"type": "phone"},
    {"type": "consent", "statement": "Yes"},
]
VALUES: dict[str, list[Any]] = {
    "short_text": ["", "a", "abc", "z", "abcd"],
    "number": [-1, 0, 2.5, 5, 6],
    "scale": [1, 2, 3],
    "single_choice": ["a", "b", "c"],
    "multi_choice": [[], ["a"], ["a", "b"], ["a", "b", "c"]],
    "date": ["2026-01-01", "2026-01-02", "2026-05-05"],
    "email": ["ada@example.test", "ada"],
    "phone": ["+4930123456", "12"],
    "consent": [True, False],
}
OPERATORS: dict[str, list[str]] = {
    "short_text": ["equals", "contains", "answered"],
    "number": ["equals", "less_than", "at_most", "more_than", "at_least"],
    "scale": ["equals", "at_least"],
    "single_choice": ["equals"],
    "multi_choice": ["contains"],
    "date": ["equals", "less_than", "at_most", "more_than", "at_least"],
    "email": ["answered", "contains"],
    "phone": ["answered"],
    "consent": ["equals"],
}


@st.composite
def comparisons(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """One that such a form may have."""
    target = draw(st.sampled_from(earlier))
    op = draw(st.sampled_from(OPERATORS[target["type"]]))
    rule = {"field": target["id"], "op": op}
    if op == "answered":
        return rule
    worth = [one for one in VALUES[target["type"]] if one not in ("", [])]
    value = draw(st.sampled_from(worth))
    return {**rule, "value": value[0] if isinstance(value, list) else value}


def joined(rules: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Rules made of these."""
    some = st.lists(rules, min_size=1, max_size=2)
    kinds = {"not": rules, "all": some, "any": some}
    return st.one_of([st.fixed_dictionaries({name: of}) for name, of in kinds.items()])


@st.composite
def forms(draw: st.DrawFn) -> FormDefinition:
    """A form of some fields, most of them shown by rule."""
    fields: list[dict[str, Any]] = []
    for number in range(draw(st.integers(2, 6))):
        base = draw(st.sampled_from(BASES))
        made = {**base, "id": f"f{number}", "label": "F", "required": draw(st.booleans())}
        if draw(st.booleans()) and fields:
            made["visible_if"] = draw(st.recursive(comparisons(fields), joined, max_leaves=4))
        fields.append(made)
    return FormDefinition.model_validate({"title": "F", "fields": fields})


@given(st.data())
def test_the_served_schema_and_the_server_agree(data: st.DataObject):
    form = data.draw(forms())
    assert [one for one in flaws(form, {}) if one.code != "rule_too_large"] == []
    answers = {
        field.id: data.draw(st.sampled_from(VALUES[field.type]))
        for field in form.fields
        if data.draw(st.booleans())
    }
    seen = shown(form, answers)
    problems = answer_problems(form, seen.field_ids, seen.answers)
    assert validator(form_schema(form)).is_valid(seen.answers) == (not problems)
    hidden = set(answers) - set(seen.field_ids)
    if hidden:
        some = data.draw(st.sampled_from(sorted(hidden)))
        told = {**seen.answers, some: answers[some]}
        assert not validator(form_schema(form)).is_valid(told)


BOMBS = ["(a+)+$", "(x+x+)+y", "([a-z]+)*=", r"(\w{1,20})*$", "(a|aa)+b", "(.*)*(.*)*(.*)*x"]


@pytest.mark.parametrize("pattern", BOMBS)
def test_no_pattern_takes_long(pattern: str):
    text = {"id": "a", "type": "short_text", "label": "A", "pattern": pattern}
    form = FormDefinition.model_validate({"title": "F", "fields": [text]})
    for answer in ("a" * 500, "x" * 499 + "!", "ab" * 250):
        began = time.process_time()
        answer_problems(form, ["a"], {"a": answer})
        assert time.process_time() - began < 0.1


def test_a_pattern_that_would_grow_too_large_is_none():
    for pattern in ("(a{1000}){1000}", r"(.{0,100}){0,20}z", "(a*", r"(a)\1"):
        with pytest.raises(ValidationError):
            validator({"pattern": pattern})
