"""Milestones and check-ins as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from app.core.fields import UNCHANGED, Day, Filters, In, Instant, Line, Measure, Out, Text
from app.core.paging import PageQuery


class MilestoneIn(In):
    """A step towards the goal; it comes after those there are."""

    title: Annotated[str, Line(200)]
    due_on: Day | None = None


class MilestoneChanges(In):
    """What to change. What is left out stays; null takes away the day."""

    title: Annotated[str, Line(200)] = UNCHANGED
    due_on: Day | None = UNCHANGED


class MilestoneOrder(In):
    """Each milestone of the goal once, first things first."""

    milestone_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class MilestoneOut(Out):
    """A step towards the goal; `completed_at` is null until it is made."""

    id: UUID
    title: str
    due_on: date | None
    completed_at: datetime | None


class CheckInIn(In):
    """How far the goal has come, in numbers, in words, or both; `at` is now unless sent.

    `value` is in the target's unit, or per cent for a goal without target and milestones.
    """

    value: Measure | None = None
    comment: Annotated[str, Text(2000, min_length=0)] = ""
    at: Instant | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "CheckInIn":
        if self.value is None and not self.comment:
            raise ValueError("needs a value or a comment")
        return self


class CheckInQuery(PageQuery):
    """A page of check-ins; the latest first."""


class CheckInAuthor(Out):
    """Who made it: a member of the team, or the client."""

    side: Literal["member", "client"]
    member_id: UUID | None
    name: str | None


class CheckInOut(Out):
    """How far the goal had come at an instant."""

    id: UUID
    author: CheckInAuthor
    at: datetime
    value: float | None
    comment: str
    created_at: datetime


class SeriesQuery(Filters):
    """From when (included) until when (not included)."""

    since: Instant | None = None
    until: Instant | None = None


class PointOut(Out):
    """A value at an instant."""

    at: datetime
    value: float


class SeriesOut(Out):
    """Values over time for a chart: the last 1,000 in the span asked for, the earliest first."""

    points: list[PointOut]
