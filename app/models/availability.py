"""When coaches work, and what can be booked in those hours."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

MINUTES_OF_THE_WEEK = (
    "int4multirange(int4range(weekday * 1440 + start_minute,"
    " LEAST(weekday * 1440 + end_minute, 10080)))"
    " + int4multirange(int4range(0, GREATEST(weekday * 1440 + end_minute - 10080, 0)))"
)
"""A Sunday night goes on at the week's beginning."""


class Schedule(TenantRecord):
    """Working hours of one coach, under a name, by the clock of one IANA zone."""

    __tablename__ = "schedules"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "coach_id"], ["members.workspace_id", "members.id"]),
        Index("schedules_by_coach_idx", "workspace_id", "coach_id", "id"),
        Index(
            "schedules_one_default_key",
            "workspace_id",
            "coach_id",
            unique=True,
            postgresql_where=text("is_default"),
        ),
    )

    coach_id: Mapped[UUID]
    name: Mapped[str]
    time_zone: Mapped[str]
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class ScheduleRule(TenantRecord):
    """One weekly interval: minutes from the midnight of its weekday, 0 (Monday) to 6."""

    __tablename__ = "schedule_rules"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="start_minute"),
        CheckConstraint(
            "end_minute > start_minute AND end_minute <= start_minute + 1440", name="end_minute"
        ),
        ExcludeConstraint(
            ("workspace_id", "="),
            ("schedule_id", "="),
            ("minutes", "&&"),
            using="gist",
            name="schedule_rules_apart_excl",
        ),
        Index("schedule_rules_schedule_idx", "workspace_id", "schedule_id"),
    )

    schedule_id: Mapped[UUID]
    weekday: Mapped[int] = mapped_column(SmallInteger)
    start_minute: Mapped[int] = mapped_column(SmallInteger)
    end_minute: Mapped[int] = mapped_column(SmallInteger)
    minutes: Mapped[list[Range[int]]] = mapped_column(
        INT4MULTIRANGE, Computed(MINUTES_OF_THE_WEEK, persisted=True)
    )


class ScheduleOverride(TenantRecord):
    """A date that differs: what is worked then instead, as minutes from its midnight."""

    __tablename__ = "schedule_overrides"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("minutes <@ int4multirange(int4range(0, 2880))", name="minutes"),
        UniqueConstraint("workspace_id", "schedule_id", "day"),
    )

    schedule_id: Mapped[UUID]
    day: Mapped[date]
    minutes: Mapped[list[Range[int]]] = mapped_column(INT4MULTIRANGE)


class AppointmentType(TenantRecord):
    """What a coach offers for booking, and on which terms; lengths are minutes."""

    __tablename__ = "appointment_types"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "coach_id"], ["members.workspace_id", "members.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "schedule_id"], ["schedules.workspace_id", "schedules.id"]
        ),
        CheckConstraint("duration_minutes > 0 AND slot_interval_minutes > 0", name="lengths"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("credit_cost >= 0", name="credit_cost"),
        CheckConstraint(
            "late_cancel_rule IN ('refuse', 'forfeit', 'release')", name="late_cancel_rule"
        ),
        CheckConstraint("no_show_rule IN ('forfeit', 'release')", name="no_show_rule"),
        CheckConstraint("location_kind IN ('video', 'phone', 'in_person')", name="location_kind"),
        Index("appointment_types_by_coach_idx", "workspace_id", "coach_id", "id"),
        Index("appointment_types_by_schedule_idx", "workspace_id", "schedule_id"),
    )

    coach_id: Mapped[UUID]
    schedule_id: Mapped[UUID | None]
    name: Mapped[str]
    description: Mapped[str | None]
    duration_minutes: Mapped[int] = mapped_column(Integer)
    slot_interval_minutes: Mapped[int] = mapped_column(Integer)
    buffer_before_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    buffer_after_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    min_notice_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    max_advance_days: Mapped[int | None] = mapped_column(Integer)
    max_per_day: Mapped[int | None] = mapped_column(Integer)
    max_per_week: Mapped[int | None] = mapped_column(Integer)
    client_max_per_day: Mapped[int | None] = mapped_column(Integer)
    client_max_per_week: Mapped[int | None] = mapped_column(Integer)
    capacity: Mapped[int] = mapped_column(Integer, server_default="1")
    requires_confirmation: Mapped[bool] = mapped_column(server_default=text("false"))
    client_can_cancel: Mapped[bool] = mapped_column(server_default=text("true"))
    cancel_notice_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    late_cancel_rule: Mapped[str] = mapped_column(server_default="refuse")
    client_can_reschedule: Mapped[bool] = mapped_column(server_default=text("true"))
    reschedule_notice_minutes: Mapped[int] = mapped_column(Integer, server_default="0")
    max_reschedules: Mapped[int | None] = mapped_column(Integer)
    credit_cost: Mapped[int] = mapped_column(Integer, server_default="1")
    no_show_rule: Mapped[str] = mapped_column(server_default="forfeit")
    location_kind: Mapped[str | None]
    location_value: Mapped[str | None]
    reminders_minutes: Mapped[list[int]] = mapped_column(
        ARRAY(Integer), server_default=text("'{1440,60}'")
    )
    remind_coach: Mapped[bool] = mapped_column(server_default=text("false"))
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
