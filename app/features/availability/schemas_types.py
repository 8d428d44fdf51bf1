"""Appointment types as the API takes and gives them; lengths are minutes."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from app.core.fields import UNCHANGED, In, Line, Out, Text
from app.core.paging import PageQuery
from app.models.places import meeting_link

DAY, YEAR = 1440, 525_600


def _distinct(minutes: list[int]) -> list[int]:
    if len(set(minutes)) < len(minutes):
        raise ValueError("must not repeat a reminder")
    return sorted(minutes, reverse=True)


TypeName = Annotated[str, Line(150)]
Description = Annotated[str, Text(5000)]
Length = Annotated[int, Field(ge=1, le=DAY, examples=[50])]
Buffer = Annotated[int, Field(ge=0, le=DAY)]
Notice = Annotated[int, Field(ge=0, le=YEAR)]
Horizon = Annotated[int, Field(ge=0, le=1095)]
Cap = Annotated[int, Field(ge=1, le=1000)]
Seats = Annotated[int, Field(ge=1, le=1000)]
Times = Annotated[int, Field(ge=0, le=100)]
Credits = Annotated[int, Field(ge=0, le=1000)]
Reminder = Annotated[int, Field(ge=1, le=30 * DAY)]
Reminders = Annotated[list[Reminder], Field(max_length=10), AfterValidator(_distinct)]
LateCancelRule = Literal["refuse", "forfeit", "release"]
NoShowRule = Literal["forfeit", "release"]
LocationKind = Literal["video", "phone", "in_person"]


class LocationIn(In):
    """Where the meeting takes place: a link, a number, an address, or to be agreed.

    The `value` of `video` is a web address: clients click on it.
    """

    kind: LocationKind
    value: Annotated[str, Line(500)] | None = None

    @model_validator(mode="after")
    def online_by_a_link(self) -> Self:
        """Refuse an online meeting at anything but a web address."""
        if self.kind == "video" and self.value and not meeting_link(self.kind, self.value):
            raise ValueError("an online meeting is at an http or https address")
        return self


class LocationOut(Out):
    """Where the meeting takes place."""

    kind: LocationKind
    value: str | None


class AppointmentTypeIn(In):
    """A new appointment type."""

    name: TypeName
    duration_minutes: Length
    description: Description | None = None
    coach_id: UUID | None = None
    """A member of the team; default: whoever adds the type."""
    schedule_id: UUID | None = None
    """The hours in which it is offered; default: the coach's default schedule."""
    slot_interval_minutes: Length | None = None
    """From one start to the next; default: the duration."""
    buffer_before_minutes: Buffer = 0
    buffer_after_minutes: Buffer = 0
    min_notice_minutes: Notice = 0
    max_advance_days: Horizon | None = None
    max_per_day: Cap | None = None
    """Appointments of any type that the coach takes on a day; the same for a week below."""
    max_per_week: Cap | None = None
    client_max_per_day: Cap | None = None
    client_max_per_week: Cap | None = None
    capacity: Seats = 1
    requires_confirmation: bool = False
    client_can_cancel: bool = True
    cancel_notice_minutes: Notice = 0
    late_cancel_rule: LateCancelRule = "refuse"
    """A client's cancellation after the cut-off: refused, at the price of the credits, or free."""
    client_can_reschedule: bool = True
    reschedule_notice_minutes: Notice = 0
    max_reschedules: Times | None = None
    credit_cost: Credits = 1
    no_show_rule: NoShowRule = "forfeit"
    location: LocationIn | None = None
    reminders_minutes: Reminders = [1440, 60]
    remind_coach: bool = False


class AppointmentTypeChanges(In):
    """What to change. What is booked already stays as it is; policies hold from now on."""

    name: TypeName = UNCHANGED
    duration_minutes: Length = UNCHANGED
    description: Description | None = UNCHANGED
    schedule_id: UUID | None = UNCHANGED
    slot_interval_minutes: Length = UNCHANGED
    buffer_before_minutes: Buffer = UNCHANGED
    buffer_after_minutes: Buffer = UNCHANGED
    min_notice_minutes: Notice = UNCHANGED
    max_advance_days: Horizon | None = UNCHANGED
    max_per_day: Cap | None = UNCHANGED
    max_per_week: Cap | None = UNCHANGED
    client_max_per_day: Cap | None = UNCHANGED
    client_max_per_week: Cap | None = UNCHANGED
    capacity: Seats = UNCHANGED
    requires_confirmation: bool = UNCHANGED
    client_can_cancel: bool = UNCHANGED
    cancel_notice_minutes: Notice = UNCHANGED
    late_cancel_rule: LateCancelRule = UNCHANGED
    client_can_reschedule: bool = UNCHANGED
    reschedule_notice_minutes: Notice = UNCHANGED
    max_reschedules: Times | None = UNCHANGED
    credit_cost: Credits = UNCHANGED
    no_show_rule: NoShowRule = UNCHANGED
    location: LocationIn | None = UNCHANGED
    reminders_minutes: Reminders = UNCHANGED
    remind_coach: bool = UNCHANGED


class AppointmentTypeQuery(PageQuery):
    """Which appointment types."""

    coach_id: UUID | None = None
    archived: Literal["false", "true", "all"] = "false"


class AppointmentTypeOut(Out):
    """What can be booked with a coach, and on which terms."""

    id: UUID
    coach_id: UUID
    schedule_id: UUID | None
    name: str
    description: str | None
    duration_minutes: int
    slot_interval_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    min_notice_minutes: int
    max_advance_days: int | None
    max_per_day: int | None
    max_per_week: int | None
    client_max_per_day: int | None
    client_max_per_week: int | None
    capacity: int
    requires_confirmation: bool
    client_can_cancel: bool
    cancel_notice_minutes: int
    late_cancel_rule: LateCancelRule
    client_can_reschedule: bool
    reschedule_notice_minutes: int
    max_reschedules: int | None
    credit_cost: int
    no_show_rule: NoShowRule
    location: LocationOut | None
    reminders_minutes: list[int]
    remind_coach: bool
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
