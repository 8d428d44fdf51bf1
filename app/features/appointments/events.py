"""What happens to appointments; each client's seat has events of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Actor, DomainEvent
from app.core.jobs import URGENT
from app.models import Appointment, Attendee


@dataclass(frozen=True, kw_only=True)
class AppointmentEvent(DomainEvent):
    """What every event says: what was booked with whom, when and where, for calendars too."""

    lane: ClassVar[int] = URGENT

    appointment_type_id: UUID
    name: str
    coach_id: UUID
    seat_id: UUID
    enrollment_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    location_kind: str | None
    location_value: str | None
    ical_uid: str
    ical_sequence: int
    capacity: int


def about(appointment: Appointment, seat: Attendee, *, name: str, actor: Actor) -> dict[str, Any]:
    """The facts of an AppointmentEvent; `name` is the appointment type's."""
    return {
        "workspace_id": appointment.workspace_id,
        "actor": actor,
        "contact_id": seat.contact_id,
        "subject_id": appointment.id,
        "appointment_type_id": appointment.appointment_type_id,
        "name": name,
        "coach_id": appointment.coach_id,
        "seat_id": seat.id,
        "enrollment_id": seat.enrollment_id,
        "starts_at": appointment.starts_at,
        "ends_at": appointment.ends_at,
        "location_kind": appointment.location_kind,
        "location_value": appointment.location_value,
        "ical_uid": seat.ical_uid,
        "ical_sequence": seat.ical_sequence,
        "capacity": appointment.capacity,
    }


@dataclass(frozen=True, kw_only=True)
class AppointmentRequested(AppointmentEvent):
    """A client asked for a time, which is theirs until the coach confirms or declines.

    Of a weekly series the first one has `series_starts`, all its starts, and the `series_uids`
    of their calendar entries; the others are told with it and have only its `series_id`.
    """

    type = "appointment.requested"

    note: str | None
    series_id: UUID | None
    series_starts: tuple[datetime, ...] | None
    series_uids: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(AppointmentEvent):
    """A time was booked; of a series as AppointmentRequested says."""

    type = "appointment.booked"

    note: str | None
    series_id: UUID | None
    series_starts: tuple[datetime, ...] | None
    series_uids: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class AppointmentConfirmed(AppointmentEvent):
    """The coach said yes to a request."""

    type = "appointment.confirmed"


@dataclass(frozen=True, kw_only=True)
class AppointmentDeclined(AppointmentEvent):
    """The coach said no to a request; the time is free again."""

    type = "appointment.declined"

    reason: str | None


@dataclass(frozen=True, kw_only=True)
class AppointmentRescheduled(AppointmentEvent):
    """An appointment is at another time now; `needs_confirmation` by the coach, maybe."""

    type = "appointment.rescheduled"

    old_starts_at: datetime
    reason: str | None
    needs_confirmation: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(AppointmentEvent):
    """A seat was given up. `late` is after the client's cut-off, `forfeited` cost the credits."""

    type = "appointment.cancelled"

    reason: str | None
    late: bool
    forfeited: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentCompleted(AppointmentEvent):
    """The meeting took place."""

    type = "appointment.completed"


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(AppointmentEvent):
    """The client did not come."""

    type = "appointment.no_show"

    forfeited: bool


@dataclass(frozen=True, kw_only=True)
class AppointmentReminder(AppointmentEvent):
    """The meeting is near: `minutes_before` is how near."""

    type = "appointment.reminder"

    minutes_before: int
    remind_coach: bool
