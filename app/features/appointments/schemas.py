"""Appointments as a coach books and sees them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from app.core.fields import In, Instant, Out, Text
from app.core.paging import PageQuery

MOST_WEEKS = 104


def _whole_minute(value: datetime) -> datetime:
    if value.second or value.microsecond:
        raise ValueError("must be a whole minute")
    return value


Start = Annotated[Instant, AfterValidator(_whole_minute)]
Note = Annotated[str, Text(2000)]
Reason = Annotated[str, Text(1000)]
Status = Literal["pending", "confirmed", "completed", "no_show", "cancelled", "declined"]
BookedBy = Literal["member", "client", "api_key", "system"]


class SeriesIn(In):
    """A weekly series: `count` appointments, at the same time by the coach's clock."""

    count: Annotated[int, Field(ge=2, le=52)]
    every_weeks: Annotated[int, Field(ge=1, le=12)] = 1

    @model_validator(mode="after")
    def within_two_years(self) -> Self:
        """Refuse a series nobody can plan."""
        if self.count * self.every_weeks > MOST_WEEKS:
            raise ValueError("a series lasts two years at most")
        return self


class AppointmentIn(In):
    """An appointment for a client; within an enrollment it uses the credits.

    With `override` it may lie outside of what is offered, but never where another appointment is.
    """

    appointment_type_id: UUID
    contact_id: UUID
    starts_at: Start
    enrollment_id: UUID | None = None
    override: bool = False
    series: SeriesIn | None = None
    note: Note | None = None


class RescheduleIn(In):
    """Another time for an appointment; of a group session, for everyone in it."""

    starts_at: Start
    override: bool = False
    reason: Reason | None = None


class WhoIn(In):
    """Whom it concerns: everyone in the session, or one of them."""

    contact_id: UUID | None = None


class DeclineIn(WhoIn):
    """Saying no to a request."""

    reason: Reason | None = None


class CancelIn(WhoIn):
    """Cancelling; the client's credits are free again unless the coach says otherwise."""

    reason: Reason | None = None
    credits: Literal["release", "forfeit"] = "release"


Sort = Literal["starts_at", "-starts_at"]


class AppointmentQuery(PageQuery):
    """Which appointments: those that start at or after, and before, these instants."""

    status: Status | None = None
    coach_id: UUID | None = None
    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    appointment_type_id: UUID | None = None
    series_id: UUID | None = None
    starts_after: Instant | None = None
    starts_before: Instant | None = None
    sort: Sort = "starts_at"


class PlaceOut(Out):
    """Where the meeting takes place."""

    kind: Literal["video", "phone", "in_person"]
    value: str | None


class AttendeeOut(Out):
    """Somebody who has, or had, a seat."""

    id: UUID
    contact_id: UUID
    first_name: str
    last_name: str
    email: str | None
    enrollment_id: UUID | None
    series_id: UUID | None
    status: Status
    booked_by: BookedBy
    time_zone: str | None
    note: str | None
    reschedules: int
    rescheduled_from: datetime | None
    cancelled_at: datetime | None
    cancelled_by: BookedBy | None
    cancel_reason: str | None
    created_at: datetime


class AppointmentOut(Out):
    """A meeting. `contact_id`, `enrollment_id` and `series_id` are null for group sessions."""

    id: UUID
    coach_id: UUID
    appointment_type_id: UUID
    name: str
    status: Status
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    location: PlaceOut | None
    capacity: int
    seats_taken: int
    contact_id: UUID | None
    enrollment_id: UUID | None
    attendees: list[AttendeeOut]
    series_id: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime


class BookedOut(AppointmentOut):
    """What was booked; `series` has all appointments of a series, the first one included."""

    series: list[AppointmentOut] | None
