"""Schedules as the API takes and gives them."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.fields import UNCHANGED, In, Line, Out, TimeZone
from app.core.paging import PageQuery

Opens = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(examples=["09:00"]),
]
Closes = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(examples=["17:00"]),
]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday.", examples=[0])]
ScheduleName = Annotated[str, Line(100)]


class IntervalIn(In):
    """From `start` to `end` by the coach's clock; an `end` at or before it is the next day's."""

    start: Opens
    end: Closes


Intervals = Annotated[list[IntervalIn], Field(max_length=48)]


class RuleIn(In):
    """The hours that begin on one day of the week."""

    weekday: Weekday
    intervals: Intervals


Rules = Annotated[list[RuleIn], Field(max_length=50)]


class ScheduleIn(In):
    """A new schedule. A coach's first one is their default."""

    name: ScheduleName
    time_zone: TimeZone
    rules: Rules = []
    is_default: bool = False
    coach_id: UUID | None = None
    """A member of the team; default: whoever adds the schedule."""


class ScheduleChanges(In):
    """What to change; `rules` are replaced as a whole."""

    name: ScheduleName = UNCHANGED
    time_zone: TimeZone = UNCHANGED
    rules: Rules = UNCHANGED
    is_default: Literal[True] = UNCHANGED
    """To give up being the default, make another schedule the default."""


class OverrideIn(In):
    """What is worked on a date instead of the weekly hours; nothing closes it."""

    intervals: Intervals


class ScheduleQuery(PageQuery):
    """Whose schedules."""

    coach_id: UUID | None = None


class IntervalOut(Out):
    """From `start` to `end`; an `end` at or before `start` is the next day's."""

    start: str
    end: str


class RuleOut(Out):
    """The hours that begin on one day of the week, 0 (Monday) to 6."""

    weekday: int
    intervals: list[IntervalOut]


class OverrideOut(Out):
    """A date that differs: intervals that touch are one, and none means closed."""

    date: dt.date
    intervals: list[IntervalOut]


class ScheduleOut(Out):
    """Working hours of a coach, by the clock of `time_zone`."""

    id: UUID
    coach_id: UUID
    name: str
    time_zone: str
    is_default: bool
    rules: list[RuleOut]
    overrides: list[OverrideOut]
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
