"""Findings about the diary's load: caps, own appointments and external busy time."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.slots.busy import refused_by_busy
from app.slots.caps import first_of_week, week_span
from app.slots.diary import Busy, Diary
from app.slots.findings import Finding, Refusal, Rule, Verdict, judged
from app.slots.iso import iso_instant
from app.slots.rules import SlotRules
from app.slots.spans import Span
from app.slots.zones import day_span, local_day


def find_coach_caps(rules: SlotRules, diary: Diary, start: int) -> list[Finding]:
    """Whether the coach's local day and week have room for one more."""
    return _find_caps(
        rules,
        diary.counted,
        start,
        day=(Rule.DAY_CAP, rules.max_per_day),
        week=(Rule.WEEK_CAP, rules.max_per_week),
    )


def find_client_caps(rules: SlotRules, diary: Diary, start: int) -> list[Finding]:
    """Whether the client may have one more in that day and week."""
    return _find_caps(
        rules,
        diary.counted_for_client,
        start,
        day=(Rule.CLIENT_DAY_CAP, rules.client_max_per_day),
        week=(Rule.CLIENT_WEEK_CAP, rules.client_max_per_week),
    )


def _find_caps(
    rules: SlotRules,
    counted: Sequence[int],
    start: int,
    *,
    day: tuple[Rule, int | None],
    week: tuple[Rule, int | None],
) -> list[Finding]:
    zone_name = rules.schedule.time_zone
    today = local_day(zone_name, start)
    monday = first_of_week(rules, today)
    return [
        _find_cap(day, counted, day_span(zone_name, today), {"date": _text(today)}),
        _find_cap(week, counted, week_span(rules, today), {"week_from": _text(monday)}),
    ]


def _find_cap(
    cap: tuple[Rule, int | None], counted: Sequence[int], span: Span, when: Mapping[str, str]
) -> Finding:
    rule, limit = cap
    if limit is None:
        return Finding(rule, Verdict.SKIPPED)
    booked = sum(span[0] <= start < span[1] for start in counted)
    return judged(
        rule,
        passed=booked < limit,
        refusal=Refusal.CAP_REACHED,
        facts={"limit": limit, "booked": booked, **when},
    )


def _text(day: int) -> str:
    return date.fromordinal(day).isoformat()


def find_busy(rules: SlotRules, diary: Diary, start: int) -> list[Finding]:
    """Whether the booking and its buffers keep clear of own appointments and other calendars."""
    return [
        _find_conflicts(Rule.APPOINTMENTS, rules, diary.appointments, start),
        _find_conflicts(Rule.EXTERNAL_BUSY, rules, diary.external, start),
    ]


def _find_conflicts(rule: Rule, rules: SlotRules, busy: Busy, start: int) -> Finding:
    refused = refused_by_busy(rules, busy)
    conflicts = [
        _conflict(busy, index) for index, (begin, end) in enumerate(refused) if begin <= start < end
    ]
    return judged(
        rule,
        passed=not conflicts,
        refusal=Refusal.SLOT_TAKEN,
        facts={
            "needed_from": iso_instant(start - rules.buffer_before),
            "needed_until": iso_instant(start + rules.duration + rules.buffer_after),
            "conflicts": conflicts,
        },
    )


def _conflict(busy: Busy, index: int) -> Mapping[str, str]:
    """The busy range, its own buffers included, by its ref if it has one."""
    span = {"from": iso_instant(busy.starts[index]), "until": iso_instant(busy.ends[index])}
    return {**span, "ref": busy.refs[index]} if busy.refs else span
