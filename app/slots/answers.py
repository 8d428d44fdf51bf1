"""Offers as the API answers them: by the viewer's date, ready for JSON."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypedDict

from app.slots.iso import iso_instants
from app.slots.offers import Offers
from app.slots.zones import local_day, midnight


class SlotAnswer(TypedDict):
    """One slot; the instants are RFC 3339 in UTC."""

    starts_at: str
    ends_at: str
    seats_left: int


class DayAnswer(TypedDict):
    """The slots of one of the viewer's dates; a date without any isn't listed."""

    date: str
    slots: list[SlotAnswer]


def answer_days(offers: Offers, time_zone: str) -> list[DayAnswer]:
    """The offers by local date of the viewer's zone. Raises UnknownZone."""
    slots = answer_slots(offers)
    return [
        {"date": date.fromordinal(day).isoformat(), "slots": slots[begin:end]}
        for day, begin, end in _days(offers.starts, time_zone)
    ]


def answer_slots(offers: Offers) -> list[SlotAnswer]:
    """The offers in order, ungrouped."""
    columns = iso_instants(offers.starts), iso_instants(offers.ends()), offers.seats()
    return [
        {"starts_at": start, "ends_at": end, "seats_left": seats}
        for start, end, seats in zip(*columns, strict=True)
    ]


def _days(starts: Sequence[int], time_zone: str) -> Iterator[tuple[int, int, int]]:
    """Each day (an ordinal) with the slice of starts it holds: one zone look-up per day."""
    begin = 0
    while begin < len(starts):
        day = local_day(time_zone, starts[begin])
        end = bisect_left(starts, midnight(time_zone, day + 1), begin)
        yield day, begin, end
        begin = end
