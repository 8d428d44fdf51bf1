"""The terms on which an appointment type is offered."""

from dataclasses import dataclass

from app.slots.schedule import WEEKDAYS, Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRules:
    """The terms on which one appointment type is offered in one schedule.

    A limit that is None isn't set. `week_starts_on` is 0 (Monday) to 6. Raises ValueError for
    figures no coach can mean.
    """

    schedule: Schedule
    duration_minutes: int
    slot_interval_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    min_notice_minutes: int = 0
    max_advance_days: int | None = None
    max_per_day: int | None = None
    max_per_week: int | None = None
    client_max_per_day: int | None = None
    client_max_per_week: int | None = None
    capacity: int = 1
    week_starts_on: int = 0

    def __post_init__(self) -> None:
        if min(self.duration_minutes, self.slot_interval_minutes, self.capacity, *self.caps) < 1:
            raise ValueError("duration, slot interval, capacity and caps are at least 1")
        if min(self._not_negative) < 0:
            raise ValueError("buffers, notice and horizon can't be negative")
        if not 0 <= self.week_starts_on < WEEKDAYS:
            raise ValueError("a week starts on a day from 0 (Monday) to 6")

    @property
    def caps(self) -> list[int]:
        """The caps that are set."""
        every = (
            self.max_per_day,
            self.max_per_week,
            self.client_max_per_day,
            self.client_max_per_week,
        )
        return [cap for cap in every if cap is not None]

    @property
    def _not_negative(self) -> tuple[int, ...]:
        before, after = self.buffer_before_minutes, self.buffer_after_minutes
        return before, after, self.min_notice_minutes, self.max_advance_days or 0

    @property
    def duration(self) -> int:
        """Seconds from start to end."""
        return self.duration_minutes * 60

    @property
    def slot_interval(self) -> int:
        """Seconds from one start on the grid to the next."""
        return self.slot_interval_minutes * 60

    @property
    def buffer_before(self) -> int:
        """Seconds kept free before the start."""
        return self.buffer_before_minutes * 60

    @property
    def buffer_after(self) -> int:
        """Seconds kept free after the end."""
        return self.buffer_after_minutes * 60
