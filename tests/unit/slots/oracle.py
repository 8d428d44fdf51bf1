"""A slow second opinion on the slot engine: it walks the clock minute by minute.

It shares the engine's inputs and none of its code. What takes the engine a table, a sweep or a
bisection takes a walk here.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from app.slots import Busy, Diary, Interval, Schedule, SlotRules

DAY = 86_400
MARGIN_DAYS = 3


class Clock:
    """The latest time a zone's clock has shown, minute by minute, around some instants.

    Having shown 02:59 and gone back to 02:00, a clock has still shown 02:59: so the first minute
    that has shown a time or later is the first pass, and a day once begun stays begun.
    """

    def __init__(self, zone: str, since: int, until: int) -> None:
        first_day, last_day = since // DAY - MARGIN_DAYS, until // DAY + MARGIN_DAYS
        self.begin = first_day * DAY // 60
        self.shown = _shown(zone, first_day, last_day)

    def first_minute(self, day: date, minute: int) -> int:
        wall = datetime.combine(day, time()) + timedelta(minutes=minute)
        return self.begin + bisect_left(self.shown, wall)

    def date_at(self, instant: int) -> date:
        return self.shown[instant // 60 - self.begin].date()

    def dates(self) -> list[date]:
        """Every date but the outermost, of which only a part is known. Missing days are in."""
        first, last = self.shown[0].date(), self.shown[-1].date()
        return [first + timedelta(days=n) for n in range(1, (last - first).days)]


@lru_cache(maxsize=64)
def _shown(zone: str, first_day: int, last_day: int) -> list[datetime]:
    place = ZoneInfo(zone)
    minutes = range(first_day * DAY, last_day * DAY, 60)
    faces = (datetime.fromtimestamp(at, place).replace(tzinfo=None) for at in minutes)
    return list(accumulate(faces, max))


class Working:
    """For each minute worked: the window start whose grid it follows, and when the work ends."""

    def __init__(self, schedule: Schedule, clock: Clock) -> None:
        begun: set[int] = set()
        worked: set[int] = set()
        for day in clock.dates():
            minutes = _minutes_of(schedule, clock, day)
            begun |= {minute for minute in minutes if minute - 1 not in minutes}
            worked |= minutes
        self.anchor = _anchors(begun, worked)
        self.work_ends = _ends(worked)


def _minutes_of(schedule: Schedule, clock: Clock, day: date) -> set[int]:
    minutes: set[int] = set()
    for interval in _intervals(schedule, day):
        first = clock.first_minute(day, interval.start)
        minutes |= set(range(first, clock.first_minute(day, interval.end)))
    tomorrow = day + timedelta(days=1)
    if tomorrow in schedule.overrides:
        midnight = clock.first_minute(tomorrow, 0)
        minutes = {minute for minute in minutes if minute < midnight}
    return minutes


def _intervals(schedule: Schedule, day: date) -> Sequence[Interval]:
    if day in schedule.overrides:
        return schedule.overrides[day]
    return schedule.weekly.get(day.weekday(), ())


def _anchors(begun: set[int], worked: set[int]) -> dict[int, int]:
    anchors: dict[int, int] = {}
    for minute in sorted(worked):
        anchors[minute] = minute if minute in begun else anchors[minute - 1]
    return anchors


def _ends(worked: set[int]) -> dict[int, int]:
    ends: dict[int, int] = {}
    for minute in sorted(worked, reverse=True):
        ends[minute] = ends.get(minute + 1, minute + 1)
    return ends


def offered(rules: SlotRules, diary: Diary, *, since: int, until: int, now: int) -> dict[int, int]:
    """The starts that can be booked, each with its seats left."""
    clock = Clock(rules.schedule.time_zone, since, until)
    working = Working(rules.schedule, clock)
    today = Clock(rules.schedule.time_zone, now, now).date_at(now)
    starts: dict[int, int] = {}
    for start in range(-(-since // 60) * 60, until, 60):
        if start - now < rules.min_notice_minutes * 60:
            continue
        if not _within_horizon(rules, clock.date_at(start), today):
            continue
        seats = _seats(rules, diary, clock, working, start)
        if seats:
            starts[start] = seats
    return starts


def _within_horizon(rules: SlotRules, day: date, today: date) -> bool:
    return rules.max_advance_days is None or (day - today).days <= rules.max_advance_days


def _seats(rules: SlotRules, diary: Diary, clock: Clock, working: Working, start: int) -> int:
    if _is_capped(
        rules,
        clock,
        start,
        diary.counted_for_client,
        per_day=rules.client_max_per_day,
        per_week=rules.client_max_per_week,
    ):
        return 0
    for session in diary.sessions:
        if session.starts_at == start:
            return 0 if session.joined else session.seats_left
    return rules.capacity if _is_free(rules, diary, clock, working, start) else 0


def _is_free(rules: SlotRules, diary: Diary, clock: Clock, working: Working, start: int) -> bool:
    minute = start // 60
    if minute not in working.anchor:
        return False
    if (minute - working.anchor[minute]) % rules.slot_interval_minutes:
        return False
    if minute + rules.duration_minutes > working.work_ends[minute]:
        return False
    if _is_capped(
        rules,
        clock,
        start,
        diary.counted,
        per_day=rules.max_per_day,
        per_week=rules.max_per_week,
    ):
        return False
    return not any(_clashes(rules, busy, start) for busy in (diary.appointments, diary.external))


def _is_capped(
    rules: SlotRules,
    clock: Clock,
    start: int,
    counted: Sequence[int],
    *,
    per_day: int | None,
    per_week: int | None,
) -> bool:
    day = clock.date_at(start)
    days = [clock.date_at(each) for each in counted]
    if per_day is not None and days.count(day) >= per_day:
        return True
    week = _week(rules, day)
    return per_week is not None and [_week(rules, each) for each in days].count(week) >= per_week


def _week(rules: SlotRules, day: date) -> date:
    while day.weekday() != rules.week_starts_on:
        day -= timedelta(days=1)
    return day


def _clashes(rules: SlotRules, busy: Busy, start: int) -> bool:
    needed_from = start - rules.buffer_before_minutes * 60
    needed_until = start + (rules.duration_minutes + rules.buffer_after_minutes) * 60
    return any(
        begin < end and begin < needed_until and needed_from < end
        for begin, end in zip(busy.starts, busy.ends, strict=True)
    )
