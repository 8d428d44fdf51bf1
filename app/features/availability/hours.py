"""Working hours between what a coach writes (`09:00`) and minutes of the day."""

from collections.abc import Iterable, Sequence

from app.core.errors import Invalid
from app.features.availability.schemas_schedules import IntervalIn, IntervalOut, RuleIn
from app.slots import Interval, find_date_overlap, find_overlap
from app.slots.spans import join_spans

DAY = 1440
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class OverlappingHours(Invalid):
    """Two intervals share a minute: on a day, over midnight or over the week's end."""

    code, title = "overlapping_hours", "Working hours overlap"

    def __init__(self, pointer: str, detail: str) -> None:
        """Point at the second of the two."""
        where = {"in": "body", "pointer": pointer}
        super().__init__(errors=[{**where, "code": self.code, "detail": detail}])


class HoursTooLong(Invalid):
    """One stretch of work on a date lasts longer than 24 hours."""

    code, title = "hours_too_long", "A stretch of work lasts 24 hours at most"

    def __init__(self) -> None:
        """Point at the intervals."""
        where = {"in": "body", "pointer": "/intervals"}
        super().__init__(errors=[{**where, "code": self.code, "detail": self.title}])


def weekly_rules(rules: Sequence[RuleIn]) -> list[tuple[int, int, int]]:
    """The rules as `(weekday, start minute, end minute)`. Raises OverlappingHours."""
    placed: dict[int, list[Interval]] = {}
    for rule in rules:
        placed.setdefault(rule.weekday, []).extend(interval(each) for each in rule.intervals)
    overlap = find_overlap(placed)
    if overlap is not None:
        first = f"{WEEKDAYS[overlap.first_weekday]} {shown(overlap.first)}"
        second = f"{WEEKDAYS[overlap.second_weekday]} {shown(overlap.second)}"
        pointer = _pointer(rules, overlap.second_weekday, overlap.second)
        raise OverlappingHours(pointer, f"{second} overlaps {first}")
    return [(day, each.start, each.end) for day, some in placed.items() for each in some]


def _pointer(rules: Sequence[RuleIn], weekday: int, wanted: Interval) -> str:
    """Where the interval stands in the body; the last place, if it is there twice."""
    places = [
        f"/rules/{at}/intervals/{index}"
        for at, rule in enumerate(rules)
        for index, each in enumerate(rule.intervals)
        if rule.weekday == weekday and interval(each) == wanted
    ]
    return places[-1]


def date_hours(intervals: Sequence[IntervalIn]) -> list[tuple[int, int]]:
    """The hours of one date in minutes, in order. Raises OverlappingHours and HoursTooLong."""
    hours = [interval(each) for each in intervals]
    overlap = find_date_overlap(hours)
    if overlap is not None:
        first, second = overlap
        last = max(index for index, each in enumerate(hours) if each == second)
        raise OverlappingHours(f"/intervals/{last}", f"{shown(second)} overlaps {shown(first)}")
    spans = join_spans((each.start, each.end) for each in hours)
    if any(end - start > DAY for start, end in spans):
        raise HoursTooLong
    return spans


def interval(written: IntervalIn) -> Interval:
    """The interval in minutes: an end at or before the start is the next day's."""
    return Interval.on_clock(_minute(written.start), _minute(written.end))


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def intervals_out(spans: Iterable[Sequence[int]]) -> list[IntervalOut]:
    """Minutes as the clock shows them."""
    return [
        IntervalOut.model_construct(start=_clock(start), end=_clock(end)) for start, end in spans
    ]


def shown(hours: Interval) -> str:
    """`09:00-17:00`."""
    return f"{_clock(hours.start)}-{_clock(hours.end)}"


def _clock(minute: int) -> str:
    """Midnight at the end of a day is 24:00; later minutes are the next day's."""
    on_face = minute if minute <= DAY else minute - DAY
    return f"{on_face // 60:02d}:{on_face % 60:02d}"
