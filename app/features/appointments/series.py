"""Weekly series: the same time by the coach's clock, whatever the clocks do in between."""

from datetime import datetime

from app.slots import find_zone, resolve


def weekly_starts(first: int, time_zone: str, *, count: int, every_weeks: int) -> list[int]:
    """`count` starts in epoch seconds, as many weeks apart, beginning with `first`."""
    zone = find_zone(time_zone)
    shown = datetime.fromtimestamp(first, zone)
    day, minute = shown.toordinal(), shown.hour * 60 + shown.minute
    later = (resolve(zone, day + 7 * every_weeks * n, minute) for n in range(1, count))
    return [first, *later]
