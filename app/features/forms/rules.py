"""Whether a rule holds for some answers, and what a rule must be like to be kept."""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.features.forms.schemas_fields import (
    ConsentField,
    DateField,
    EmailField,
    FileField,
    FormItem,
    HeadingField,
    LongTextField,
    MultiChoiceField,
    NumberField,
    PhoneField,
    ScaleField,
    ShortTextField,
    SingleChoiceField,
)
from app.features.forms.schemas_rules import AllOf, AnyOf, Comparison, Not, Operator, Rule

Answers = Mapping[str, Any]

ORDERED: tuple[Operator, ...] = ("equals", "less_than", "at_most", "more_than", "at_least")
WORDS: tuple[Operator, ...] = ("equals", "in", "contains")

OPERATORS: Mapping[type[FormItem], tuple[Operator, ...]] = {
    HeadingField: (),
    ShortTextField: WORDS,
    LongTextField: WORDS,
    EmailField: WORDS,
    PhoneField: WORDS,
    NumberField: ORDERED,
    ScaleField: (*ORDERED, "in"),
    DateField: ORDERED,
    SingleChoiceField: ("equals", "in"),
    MultiChoiceField: ("contains",),
    ConsentField: ("equals",),
    FileField: (),
}
"""What can be asked of an answer besides whether there is one; of a heading nothing can."""


TESTS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "answered": lambda _answer, _value: True,
    "equals": operator.eq,
    "in": lambda answer, value: answer in value,
    "contains": operator.contains,
    "less_than": operator.lt,
    "at_most": operator.le,
    "more_than": operator.gt,
    "at_least": operator.ge,
}
"""Of an answer and the value it is compared with; dates are in order as texts."""


def holds(rule: Rule, answers: Answers) -> bool:
    """Whether the rule is true of these answers, in which what is hidden is absent."""
    if isinstance(rule, AllOf):
        return all(holds(part, answers) for part in rule.all)
    if isinstance(rule, AnyOf):
        return any(holds(part, answers) for part in rule.any)
    if isinstance(rule, Not):
        return not holds(rule.negated, answers)
    return rule.field in answers and bool(TESTS[rule.op](answers[rule.field], rule.value))


def comparisons(
    rule: Rule, at: str = "", *, depth: int = 1
) -> Iterator[tuple[str, int, Comparison]]:
    """Every comparison in a rule, with the JSON pointer to it and how deep it lies."""
    if isinstance(rule, Comparison):
        yield at, depth, rule
    elif isinstance(rule, Not):
        yield from comparisons(rule.negated, f"{at}/not", depth=depth + 1)
    else:
        name, parts = ("all", rule.all) if isinstance(rule, AllOf) else ("any", rule.any)
        for number, part in enumerate(parts):
            yield from comparisons(part, f"{at}/{name}/{number}", depth=depth + 1)
