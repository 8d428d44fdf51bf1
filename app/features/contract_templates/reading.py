"""What a template's text asks to be filled in, and whether that is possible."""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.access.merge_variables import CATALOGUE, Variable
from app.core.documents.markdown_tree import Findings, variables_in
from app.features.contract_templates.failures import Problem, TemplateUnusable

AT_ONCE = 1000
"""Characters that take about a millisecond; more than these must not hold up other requests."""

SIGNERS = re.compile(r"(client|coach)[2-9]?")
"""`client2` is the second client of a contract, a partner say."""

MOST_MARKS = 100

Declared = Sequence[Mapping[str, Any]]
"""`name`, `label` and `sample` of each own variable."""


async def findings(body: str) -> Findings:
    """The variables and marks in a text."""
    if len(body) <= AT_ONCE:
        return variables_in(body)
    return await asyncio.to_thread(variables_in, body)


async def check(body: str, declared: Declared) -> None:
    """Refuse a text that can't be filled in. Raises TemplateUnusable (422)."""
    found = await findings(body)
    problems = list(_problems(found, known(declared)))
    if problems:
        raise TemplateUnusable(problems)


def known(declared: Declared) -> dict[str, Variable]:
    """All variables a text with these own ones may use, by name."""
    own = {one["name"]: Variable(one["name"], one["label"], one["sample"]) for one in declared}
    return {**CATALOGUE, **own}


def _problems(found: Findings, variables: Mapping[str, Variable]) -> Iterator[Problem]:
    for typed in found.mistakes:
        yield "/body", "variable_ill_formed", f"Not a variable or a place to sign: {typed[:60]}"
    for name in found.names:
        if name not in variables:
            yield "/body", "unknown_variable", f"There is no variable {name}"
    for mark in found.marks:
        if not SIGNERS.fullmatch(mark.who):
            yield "/body", "unknown_signer", f"Nobody is called {mark.who}"
    if len(found.marks) > MOST_MARKS:
        yield "/body", "too_many_marks", f"At most {MOST_MARKS} places to fill in"
