"""Free times as the API is asked for them and gives them."""

import datetime as dt
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.core.fields import Day, Filters, Instant, Out, TimeZone


class SlotQuery(Filters):
    """Which days to look at: `from` and on, up to and without `to`, 93 at most.

    They are days of `time_zone`, by which the answer is grouped too; default: the coach's zone.
    """

    appointment_type_id: UUID
    first: Annotated[Day, Field(alias="from")]
    until: Annotated[Day, Field(alias="to")]
    time_zone: TimeZone | None = None


class CoachSlotQuery(SlotQuery):
    """Which days to look at; with `contact_id` as that client would see them."""

    contact_id: UUID | None = None
    schedule_id: UUID | None = None
    """Other hours than the type's own, say a program's."""


class SlotOut(Out):
    """A time that can be booked."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    seats_left: int


class SlotDay(Out):
    """The free times of one date; a date without any isn't listed."""

    date: dt.date
    slots: list[SlotOut]


class SlotsOut(Out):
    """Free times by date of `time_zone`.

    Other calendars were last read at `busy_data_as_of` (null where none is connected); `stale`
    means that one can't be reached now, and that its last copy stands in.
    """

    time_zone: str
    coach_time_zone: str
    busy_data_as_of: dt.datetime | None
    busy_data_stale: bool
    days: list[SlotDay]


class ExplainQuery(Filters):
    """Which start to explain; with `contact_id` as that client would see it.

    With `enrollment_id` as well, what the enrollment allows is looked at first.
    """

    appointment_type_id: UUID
    starts_at: Instant
    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    schedule_id: UUID | None = None

    @model_validator(mode="after")
    def whose_enrollment(self) -> Self:
        """Refuse an enrollment without its client."""
        if self.enrollment_id is not None and self.contact_id is None:
            raise ValueError("enrollment_id needs contact_id")
        return self


class ExplainedRuleOut(Out):
    """One rule looked at: `code` tells how it refuses a booking, `facts` are its numbers."""

    rule: str
    verdict: Literal["passed", "failed", "skipped"]
    code: str | None
    facts: dict[str, Any]


class ExplanationOut(Out):
    """Why a time is or isn't offered: every rule in order. `code` is the first refusal."""

    appointment_type_id: UUID
    starts_at: dt.datetime
    time_zone: str
    offered: bool
    code: str | None
    busy_data_as_of: dt.datetime | None
    busy_data_stale: bool
    rules: list[ExplainedRuleOut]
