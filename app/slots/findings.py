"""What explain() answers: each rule with its verdict and its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Fact: TypeAlias = int | str | Sequence[Mapping[str, str]] | None


class Rule(StrEnum):
    """The rules, in the order in which they are looked at."""

    WINDOW = "window"
    GRID = "grid"
    NOTICE = "notice"
    HORIZON = "horizon"
    DAY_CAP = "day_cap"
    WEEK_CAP = "week_cap"
    CLIENT_DAY_CAP = "client_day_cap"
    CLIENT_WEEK_CAP = "client_week_cap"
    APPOINTMENTS = "appointments"
    EXTERNAL_BUSY = "external_busy"
    SEATS = "seats"


class Verdict(StrEnum):
    """SKIPPED: the rule isn't set, or doesn't matter to this start."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Refusal(StrEnum):
    """The error code with which a booking of that start is refused."""

    OUTSIDE_AVAILABILITY = "outside_availability"
    NOTICE_TOO_SHORT = "notice_too_short"
    BEYOND_HORIZON = "beyond_horizon"
    CAP_REACHED = "cap_reached"
    SLOT_TAKEN = "slot_taken"
    SESSION_FULL = "session_full"
    ALREADY_BOOKED = "already_booked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule looked at: `refusal` is set where it failed, instants in `facts` are RFC 3339."""

    rule: Rule
    verdict: Verdict
    facts: Mapping[str, Fact] = field(default_factory=dict)
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a start is offered, or isn't: every rule in order."""

    start: int
    findings: Sequence[Finding]

    @property
    def is_offered(self) -> bool:
        """Whether no rule failed."""
        return self.first_failure is None

    @property
    def first_failure(self) -> Finding | None:
        """The first rule that refuses the start."""
        failed = (each for each in self.findings if each.verdict is Verdict.FAILED)
        return next(failed, None)


def judged(rule: Rule, *, passed: bool, refusal: Refusal, facts: Mapping[str, Fact]) -> Finding:
    """A finding that carries its refusal only if the rule failed."""
    if passed:
        return Finding(rule, Verdict.PASSED, facts)
    return Finding(rule, Verdict.FAILED, facts, refusal)
