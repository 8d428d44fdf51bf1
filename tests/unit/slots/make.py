"""Plain factories for slot tests: times as a coach writes them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.slots import Busy, Diary, Interval, Schedule, SlotRules, offer_slots

DAY = 86_400
LONG_AGO = 0


def hours(*texts: str) -> list[Interval]:
    """`hours("09:00-17:00")`; an end at or before the start is the next day's."""
    return [Interval.on_clock(*(_minute(part) for part in text.split("-"))) for text in texts]


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def every_day(*texts: str) -> dict[int, list[Interval]]:
    return dict.fromkeys(range(7), hours(*texts))


def make_rules(zone: str, weekly: dict[int, list[Interval]], **changes: Any) -> SlotRules:
    """Half an hour each half hour, unless changed; `overrides` go into the schedule."""
    schedule = Schedule(zone, weekly, changes.pop("overrides", {}))
    terms = {"duration_minutes": 30, "slot_interval_minutes": 30, **changes}
    return SlotRules(schedule=schedule, **terms)


def at(text: str, zone: str = "UTC", *, fold: int = 0) -> int:
    """`at("2026-03-29 09:00", "Europe/Berlin")` in epoch seconds."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return int(moment.timestamp())


def busy(*ranges: tuple[str, str], zone: str = "UTC") -> Busy:
    return Busy([at(start, zone) for start, _ in ranges], [at(end, zone) for _, end in ranges])


def offered_on(
    rules: SlotRules, day: str, diary: Diary | None = None, *, days: int = 1, now: int = LONG_AGO
) -> list[str]:
    """What is offered on a date of the coach, as the coach's clock shows it with its offset."""
    zone = rules.schedule.time_zone
    since = at(f"{day} 00:00", zone)
    offers = offer_slots(rules, diary or Diary(), since=since, until=since + days * DAY, now=now)
    return shown(offers.starts, zone)


def shown(starts: Sequence[int], zone: str) -> list[str]:
    place = ZoneInfo(zone)
    return [datetime.fromtimestamp(start, place).strftime("%d %H:%M %z") for start in starts]


def utc(instant: int) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d %H:%M:%S")
