"""Instants as RFC 3339 text in UTC, without a datetime for each."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from math import ceil

from app.slots.zones import DAY_MINUTES, DAY_SECONDS, EPOCH_DAY


def iso_instants(instants: Iterable[int]) -> list[str]:
    """Epoch seconds as `2026-03-29T01:00:00Z`; quickest when neighbours share their day."""
    clock = _clock_texts()
    texts: list[str] = []
    current, day_text = None, ""
    for instant in instants:
        day, second = divmod(instant, DAY_SECONDS)
        if day != current:
            current, day_text = day, date.fromordinal(EPOCH_DAY + day).isoformat()
        text = day_text + clock[second // 60]
        texts.append(text if second % 60 == 0 else f"{text[:-3]}{second % 60:02d}Z")
    return texts


@cache
def _clock_texts() -> tuple[str, ...]:
    return tuple(f"T{minute // 60:02d}:{minute % 60:02d}:00Z" for minute in range(DAY_MINUTES))


def iso_instant(instant: int) -> str:
    """One instant as text."""
    return iso_instants((instant,))[0]


def epoch_seconds(moment: datetime) -> int:
    """An aware datetime in epoch seconds, a fraction rounded up: a start just passed is past."""
    return ceil(moment.timestamp())
