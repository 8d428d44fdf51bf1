"""Calendars elsewhere: who may subscribe to ours, and what we know of coaches' others."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class CalendarFeed(TenantRecord):
    """A private address at which one coach, or one client, finds what is booked with them."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("num_nonnulls(member_id, contact_id) = 1", name="one_reader"),
        UniqueConstraint("workspace_id", "token_hash"),
        Index("calendar_feeds_by_member_idx", "workspace_id", "member_id", "id"),
        Index("calendar_feeds_by_contact_idx", "workspace_id", "contact_id", "id"),
    )

    member_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    name: Mapped[str]
    token_hash: Mapped[bytes]


class ExternalCalendar(TenantRecord):
    """A calendar a coach keeps elsewhere, read now and then so that nothing is booked over it.

    `generation` counts the addresses it had: what was read from an older one is not taken.
    `synced_at` is when the copy was last known to be right. `read_on` is the day it was expanded
    for and `digest` its content then; `etag` and `last_modified` are the other server's words.
    An outage lasts from `failing_since`; `outage_told` says that the coach knows of it.
    """

    __tablename__ = "external_calendars"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["workspace_id", "coach_id"], ["members.workspace_id", "members.id"]),
        Index("external_calendars_by_coach_idx", "workspace_id", "coach_id", "id"),
    )

    coach_id: Mapped[UUID]
    name: Mapped[str]
    url: Mapped[str]
    generation: Mapped[int] = mapped_column(Integer, server_default="1")
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    digest: Mapped[bytes | None]
    read_on: Mapped[date | None]
    synced_at: Mapped[datetime | None]
    attempted_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(Integer, server_default="0")
    failing_since: Mapped[datetime | None]
    last_error: Mapped[str | None]
    outage_told: Mapped[bool] = mapped_column(server_default=text("false"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class ExternalBusy(TenantRecord):
    """A time at which the coach is busy elsewhere; of one calendar, no two touch."""

    __tablename__ = "external_busy"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "calendar_id"],
            ["external_calendars.workspace_id", "external_calendars.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("external_busy_by_coach_idx", "workspace_id", "coach_id", "ends_at"),
        Index("external_busy_by_calendar_idx", "workspace_id", "calendar_id"),
    )

    calendar_id: Mapped[UUID]
    coach_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
