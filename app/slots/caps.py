"""Caps: how many appointments a local day or week takes, for the coach and for one client."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from app.slots.diary import Diary
from app.slots.rules import SlotRules
from app.slots.schedule import WEEKDAYS
from app.slots.spans import Span
from app.slots.zones import day_span, local_day, midnight, midnights


def refused_to_everyone(rules: SlotRules, diary: Diary) -> list[Span]:
    """The days and weeks in which the coach takes no further appointment."""
    return _full(rules, diary.counted, per_day=rules.max_per_day, per_week=rules.max_per_week)


def refused_to_client(rules: SlotRules, diary: Diary) -> list[Span]:
    """The days and weeks in which this client can't book or join another appointment."""
    counted = diary.counted_for_client
    per_day, per_week = rules.client_max_per_day, rules.client_max_per_week
    return _full(rules, counted, per_day=per_day, per_week=per_week)


def _full(
    rules: SlotRules, counted: Sequence[int], *, per_day: int | None, per_week: int | None
) -> list[Span]:
    if not counted or (per_day is None and per_week is None):
        return []
    zone_name = rules.schedule.time_zone
    by_day = _count_by_day(zone_name, counted)
    full = [day_span(zone_name, day) for day in _reaching(by_day, per_day)]
    by_week: Counter[int] = Counter()
    for day, count in by_day.items():
        by_week[first_of_week(rules, day)] += count
    return full + [week_span(rules, day) for day in _reaching(by_week, per_week)]


def _count_by_day(zone_name: str, counted: Sequence[int]) -> Counter[int]:
    first = local_day(zone_name, min(counted))
    begins = midnights(zone_name, first, local_day(zone_name, max(counted)))
    return Counter(first - 1 + bisect_right(begins, start) for start in counted)


def _reaching(counts: Counter[int], cap: int | None) -> list[int]:
    return [] if cap is None else [period for period, count in counts.items() if count >= cap]


def first_of_week(rules: SlotRules, day: int) -> int:
    """The day (an ordinal) on which the week of a day begins."""
    return day - (day - 1 - rules.week_starts_on) % WEEKDAYS


def week_span(rules: SlotRules, day: int) -> Span:
    """The instants of the local week that a day (an ordinal) belongs to."""
    first, zone_name = first_of_week(rules, day), rules.schedule.time_zone
    return midnight(zone_name, first), midnight(zone_name, first + WEEKDAYS)


def counted_span(rules: SlotRules, since: int, until: int) -> Span:
    """The whole local weeks around `since <= start < until`: count the appointments of these."""
    zone_name = rules.schedule.time_zone
    first, last = local_day(zone_name, since), local_day(zone_name, until - 1)
    return week_span(rules, first)[0], week_span(rules, last)[1]
