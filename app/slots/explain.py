"""Why a start is or isn't offered, by the predicates with which the engine offers it."""

from dataclasses import replace

from app.slots.diary import Diary, Session
from app.slots.explain_hours import find_hours, find_reach
from app.slots.explain_load import find_busy, find_client_caps, find_coach_caps
from app.slots.findings import Explanation, Finding, Refusal, Rule, Verdict, judged
from app.slots.rules import SlotRules

_SETTLED_BY_SESSION = {
    Rule.WINDOW,
    Rule.GRID,
    Rule.DAY_CAP,
    Rule.WEEK_CAP,
    Rule.APPOINTMENTS,
    Rule.EXTERNAL_BUSY,
}


def explain_start(rules: SlotRules, diary: Diary, start: int, *, now: int) -> Explanation:
    """Every rule in order, with its verdict and its numbers, for one start (epoch seconds).

    `is_offered` of the answer is true exactly where offer_slots() offers the start. At the start
    of a group session the question is who can join it, so the rules that were settled when it was
    booked are skipped.
    """
    session = next((each for each in diary.sessions if each.starts_at == start), None)
    findings = [
        *find_hours(rules, start),
        *find_reach(rules, start, now=now),
        *find_coach_caps(rules, diary, start),
        *find_client_caps(rules, diary, start),
        *find_busy(rules, diary, start),
        _find_seats(rules, session),
    ]
    if session is not None:
        findings = [
            _settled(each) if each.rule in _SETTLED_BY_SESSION else each for each in findings
        ]
    return Explanation(start, findings)


def _find_seats(rules: SlotRules, session: Session | None) -> Finding:
    left = rules.capacity if session is None else session.seats_left
    joined = session is not None and session.joined
    return judged(
        Rule.SEATS,
        passed=session is None or session.is_open,
        refusal=Refusal.ALREADY_BOOKED if joined else Refusal.SESSION_FULL,
        facts={"capacity": rules.capacity, "seats_left": left},
    )


def _settled(finding: Finding) -> Finding:
    return replace(finding, verdict=Verdict.SKIPPED, refusal=None)
