"""Booked meetings, and the people who have a seat in them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

LIVE_STATUSES = ("held", "pending", "confirmed", "completed", "no_show")
STATUSES = (*LIVE_STATUSES, "cancelled", "declined")
LIVE = "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show')"
"""What takes its time and its seat. Queries repeat it word for word, or no index serves them."""

KNOWN_STATUS = (
    "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show', 'cancelled', 'declined')"
)
HELD_UNTIL = "(status = 'held') = (hold_expires_at IS NOT NULL)"


class Appointment(TenantRecord):
    """One meeting of a coach, with one client or several; no two of them overlap.

    `blocked_from` and `blocked_until` add the buffers. `status` sums up the attendees': it is
    the most alive of theirs. `local_date` is the start's date by the clock of `time_zone`, the
    coach's when it was booked. A hold that has expired is deleted by the next booking.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "coach_id"], ["members.workspace_id", "members.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
        ),
        CheckConstraint(KNOWN_STATUS, name="status"),
        CheckConstraint(HELD_UNTIL, name="hold"),
        CheckConstraint("seats_taken BETWEEN 0 AND capacity", name="seats_taken"),
        CheckConstraint(
            "starts_at < ends_at AND blocked_from <= starts_at AND ends_at <= blocked_until",
            name="span",
        ),
        ExcludeConstraint(
            ("workspace_id", "="),
            ("coach_id", "="),
            ("blocked", "&&"),
            using="gist",
            where=text(LIVE),
            name="appointments_apart_excl",
        ),
        Index("appointments_by_start_idx", "workspace_id", "starts_at", "id"),
        Index("appointments_by_coach_idx", "workspace_id", "coach_id", "starts_at", "id"),
    )

    coach_id: Mapped[UUID]
    appointment_type_id: Mapped[UUID]
    status: Mapped[str]
    hold_expires_at: Mapped[datetime | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    blocked_from: Mapped[datetime]
    blocked_until: Mapped[datetime]
    blocked: Mapped[Range[datetime]] = mapped_column(
        TSTZRANGE, Computed("tstzrange(blocked_from, blocked_until)", persisted=True)
    )
    local_date: Mapped[date]
    time_zone: Mapped[str]
    capacity: Mapped[int] = mapped_column(Integer)
    seats_taken: Mapped[int] = mapped_column(Integer)
    location_kind: Mapped[str | None]
    location_value: Mapped[str | None]
    reminders_minutes: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), server_default=text("'{}'")
    )
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Attendee(TenantRecord):
    """A contact's seat in an appointment; what their calendar knows under `ical_uid`.

    The UID stays when the seat moves to another time, even to another group session; the
    sequence counts such changes (RFC 5545 3.8.7.4). Credits are kept per seat, by this id.
    `rescheduled_from` is the start before the last move, `series_id` is shared by the seats that
    were booked together.
    """

    __tablename__ = "appointment_attendees"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "appointment_id"],
            ["appointments.workspace_id", "appointments.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(KNOWN_STATUS, name="status"),
        CheckConstraint(HELD_UNTIL, name="hold"),
        UniqueConstraint("workspace_id", "ical_uid"),
        Index(
            "appointment_attendees_one_seat_key",
            "workspace_id",
            "appointment_id",
            "contact_id",
            unique=True,
            postgresql_where=text(LIVE),
        ),
        Index(
            "appointment_attendees_holds_idx",
            "workspace_id",
            "hold_expires_at",
            postgresql_where=text("status = 'held'"),
        ),
        Index("appointment_attendees_appointment_idx", "workspace_id", "appointment_id"),
        Index("appointment_attendees_contact_idx", "workspace_id", "contact_id", "appointment_id"),
        Index("appointment_attendees_enrollment_idx", "workspace_id", "enrollment_id"),
    )

    appointment_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    series_id: Mapped[UUID | None]
    status: Mapped[str]
    hold_expires_at: Mapped[datetime | None]
    booked_by: Mapped[str]
    client_time_zone: Mapped[str | None]
    note: Mapped[str | None]
    ical_uid: Mapped[str]
    ical_sequence: Mapped[int] = mapped_column(Integer, server_default="0")
    reschedules: Mapped[int] = mapped_column(Integer, server_default="0")
    rescheduled_from: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
