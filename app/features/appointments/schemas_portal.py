"""Appointments as a client books and sees them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.fields import Filters, In, Line, Out, TimeZone
from app.core.paging import PageQuery
from app.features.appointments.schemas import (
    BookedBy,
    Note,
    PlaceOut,
    Reason,
    SeriesIn,
    Sort,
    Start,
    Status,
)
from app.features.appointments.schemas_slots import SlotOut, SlotQuery


class PortalSlotQuery(SlotQuery):
    """Which days to look at: `from` and on, up to and without `to`, 93 at most."""

    enrollment_id: UUID


class NextQuery(Filters):
    """Which appointment type, and how many times to tell."""

    appointment_type_id: UUID
    enrollment_id: UUID
    count: Annotated[int, Field(ge=1, le=20)] = 3


class NextSlotsOut(Out):
    """The next free times within the next 93 days."""

    coach_time_zone: str
    busy_data_as_of: datetime | None
    busy_data_stale: bool
    slots: list[SlotOut]


class HoldIn(In):
    """A time to be kept for a few minutes, while the client makes up their mind."""

    appointment_type_id: UUID
    enrollment_id: UUID
    starts_at: Start


class HoldOut(Out):
    """A time that is kept until `expires_at`; a client has one hold with a coach at most."""

    id: UUID
    appointment_type_id: UUID
    enrollment_id: UUID
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime


class PortalAppointmentIn(In):
    """A time to be booked, or a weekly series of it."""

    appointment_type_id: UUID
    enrollment_id: UUID
    starts_at: Start
    hold_id: UUID | None = None
    series: SeriesIn | None = None
    note: Note | None = None
    time_zone: TimeZone | None = None


class PortalRescheduleIn(In):
    """Another time for an appointment."""

    starts_at: Start
    reason: Reason | None = None


class PortalCancelIn(In):
    """Giving an appointment up."""

    reason: Reason | None = None


class PortalAppointmentQuery(PageQuery):
    """Which appointments: to come (neither over nor given up), the others, or all."""

    when: Literal["upcoming", "past", "all"] = "all"
    status: Status | None = None
    enrollment_id: UUID | None = None
    sort: Sort = "starts_at"


class PortalAppointmentOut(Out):
    """A client's appointment.

    `cancel_until` is the end of cancelling at no cost. Both limits are null where only the coach
    cancels or moves it.
    """

    id: UUID
    coach_id: UUID
    coach_name: str
    appointment_type_id: UUID
    name: str
    description: str | None
    enrollment_id: UUID | None
    status: Status
    starts_at: datetime
    ends_at: datetime
    time_zone: str | None
    coach_time_zone: str
    location: PlaceOut | None
    capacity: int
    seats_left: int
    note: str | None
    booked_by: BookedBy
    can_cancel: bool
    cancel_until: datetime | None
    can_reschedule: bool
    reschedule_until: datetime | None
    reschedules: int
    rescheduled_from: datetime | None
    cancelled_at: datetime | None
    cancelled_by: BookedBy | None
    cancel_reason: str | None
    series_id: UUID | None
    version: int
    created_at: datetime


class PortalBookedOut(PortalAppointmentOut):
    """What was booked; `series` has all appointments of a series, the first one included."""

    series: list[PortalAppointmentOut] | None


WhyNot = Literal[
    "self_scheduling_disabled",
    "enrollment_not_active",
    "no_credits",
    "credits_expired",
    "no_working_hours",
    "appointment_type_archived",
]


class PortalTypeOut(Out):
    """Something an enrollment grants; `why_not` tells what keeps the client from booking it.

    `credits_left` is in `credit_unit`s, `credit_cost` of which one appointment takes.
    """

    id: UUID
    enrollment_id: UUID
    program_name: str
    coach_id: UUID
    name: str
    description: str | None
    duration_minutes: int
    capacity: int
    requires_confirmation: bool
    location_kind: Annotated[str, Line(20)] | None
    credit_cost: int
    credit_unit: Literal["sessions", "minutes"]
    credits_left: int
    credits_expire_at: datetime | None
    bookable: bool
    why_not: WhyNot | None


class PortalTypeList(Out):
    """What a client may book, enrollment by enrollment."""

    data: list[PortalTypeOut]
