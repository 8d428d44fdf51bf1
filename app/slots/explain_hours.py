"""Findings about the hours: window, grid, notice and horizon."""

from datetime import date

from app.slots.findings import Finding, Refusal, Rule, Verdict, judged
from app.slots.grids import Grid, grids_between
from app.slots.horizon import earliest_start, last_bookable_day, within_reach
from app.slots.iso import iso_instant
from app.slots.rules import SlotRules
from app.slots.windows import coverage_on
from app.slots.zones import local_day


def find_hours(rules: SlotRules, start: int) -> list[Finding]:
    """Whether the whole booking lies in working hours, and its start on their grid."""
    grid = next(iter(grids_between(rules, start, start + 1)), None)
    return [_find_window(rules, start, grid), _find_grid(start, grid)]


def _find_window(rules: SlotRules, start: int, grid: Grid | None) -> Finding:
    zone_name = rules.schedule.time_zone
    day = local_day(zone_name, start)
    hours = [
        {"from": iso_instant(begin), "until": iso_instant(end)}
        for begin, end in coverage_on(rules.schedule, day)
    ]
    return judged(
        Rule.WINDOW,
        passed=grid is not None,
        refusal=Refusal.OUTSIDE_AVAILABILITY,
        facts={
            "date": date.fromordinal(day).isoformat(),
            "time_zone": zone_name,
            "ends_at": iso_instant(start + rules.duration),
            "hours": hours,
        },
    )


def _find_grid(start: int, grid: Grid | None) -> Finding:
    if grid is None:
        return Finding(Rule.GRID, Verdict.SKIPPED)
    past_the_last = (start - grid.anchor) % grid.step
    return judged(
        Rule.GRID,
        passed=start in grid.starts(start, start + 1),
        refusal=Refusal.OUTSIDE_AVAILABILITY,
        facts={
            "first_start": iso_instant(grid.anchor),
            "slot_interval_minutes": grid.step // 60,
            "previous_start": iso_instant(start - past_the_last),
            "next_start": iso_instant(start - past_the_last + grid.step),
        },
    )


def find_reach(rules: SlotRules, start: int, *, now: int) -> list[Finding]:
    """Whether the start is far enough away, and not too far."""
    since, until = within_reach(rules, now, since=start, until=start + 1)
    notice = judged(
        Rule.NOTICE,
        passed=since <= start,
        refusal=Refusal.NOTICE_TOO_SHORT,
        facts={
            "min_notice_minutes": rules.min_notice_minutes,
            "earliest_start": iso_instant(earliest_start(rules, now)),
        },
    )
    last_day = last_bookable_day(rules, now)
    if last_day is None:
        return [notice, Finding(Rule.HORIZON, Verdict.SKIPPED)]
    horizon = judged(
        Rule.HORIZON,
        passed=start < until,
        refusal=Refusal.BEYOND_HORIZON,
        facts={
            "max_advance_days": rules.max_advance_days,
            "last_date": date.fromordinal(last_day).isoformat(),
        },
    )
    return [notice, horizon]
