"""When a coach works: intervals by weekday, and the dates that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from app.slots.zones import DAY_MINUTES

WEEKDAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Working hours in minutes from local midnight: `start` is 0 to 1439, `end` comes after it.

    1440 is the next midnight and a larger `end` runs into the next day, by 24 hours from `start`
    at most. Raises ValueError.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < DAY_MINUTES:
            raise ValueError("an interval starts at a minute of the day, 0 to 1439")
        if not self.start < self.end <= self.start + DAY_MINUTES:
            raise ValueError("an interval ends after its start and within 24 hours of it")

    @classmethod
    def on_clock(cls, start: int, end: int) -> Self:
        """From what the clock shows, 0 to 1440: an end at or before the start is the next day's."""
        return cls(start, end if end > start else end + DAY_MINUTES)

    @property
    def is_overnight(self) -> bool:
        """Whether it runs past the next midnight."""
        return self.end > DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the coach works, by the clock of one IANA zone.

    `weekly` maps 0 (Monday) to 6; a weekday it lacks is closed. An override replaces every
    interval that starts on its date; an empty one closes the date.
    """

    time_zone: str
    weekly: Mapping[int, Sequence[Interval]]
    overrides: Mapping[date, Sequence[Interval]] = field(default_factory=dict)

    def override_on(self, day: int) -> Sequence[Interval] | None:
        """What replaces the weekly intervals of a day (an ordinal), if anything does."""
        return self.overrides.get(date.fromordinal(day)) if self.overrides else None
