"""The earliest and the latest start that notice and horizon allow."""

from app.slots.rules import SlotRules
from app.slots.zones import local_day, midnight


def earliest_start(rules: SlotRules, now: int) -> int:
    """The first instant that keeps the notice: elapsed time from now, seconds kept."""
    return now + rules.min_notice_minutes * 60


def last_bookable_day(rules: SlotRules, now: int) -> int | None:
    """The last local date (an ordinal, by the coach's clock) of the horizon, if there is one."""
    if rules.max_advance_days is None:
        return None
    return local_day(rules.schedule.time_zone, now) + rules.max_advance_days


def within_reach(rules: SlotRules, now: int, *, since: int, until: int) -> tuple[int, int]:
    """The part of `since <= start < until` that notice and horizon leave; it may be empty."""
    last_day = last_bookable_day(rules, now)
    if last_day is not None:
        until = min(until, midnight(rules.schedule.time_zone, last_day + 1))
    return max(since, earliest_start(rules, now)), until
