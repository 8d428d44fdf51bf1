"""Goals that either side sets for a client's way, with their milestones and check-ins."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class Goal(TenantRecord):
    """What a contact wants to reach; both sides see it and work on it.

    `side` set it: the team (`member`) or the client; `author_id` is the member, None for the
    client and for an integration. With `target_value` progress is measured from `start_value` in
    `unit`; else it follows the milestones, where there are any; else it is a percentage.
    `current_value` (a measure, or per cent) is the latest check-in's, made at `checked_in_at`.
    `untold_by_member` and `untold_by_client` name what that side changed and the other was not
    told of yet. A goal that a program brought along for an enrollment has the `template_id` it was
    made from, which may be gone.
    """

    __tablename__ = "goals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"], ["enrollments.workspace_id", "enrollments.id"]
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        UniqueConstraint(
            "workspace_id", "enrollment_id", "template_id", name="goals_one_per_template_key"
        ),
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("side = 'member' OR author_id IS NULL", name="author_id"),
        CheckConstraint("status IN ('active', 'achieved', 'abandoned')", name="status"),
        CheckConstraint("(status = 'active') = (closed_at IS NULL)", name="closed_at"),
        CheckConstraint("num_nonnulls(unit, start_value, target_value) IN (0, 3)", name="target"),
        CheckConstraint("start_value <> target_value", name="distance"),
        Index("goals_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("goals_by_enrollment_idx", "workspace_id", "enrollment_id", "id"),
        Index("goals_by_status_idx", "workspace_id", "status", "id"),
    )

    contact_id: Mapped[UUID]
    enrollment_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    side: Mapped[str]
    author_id: Mapped[UUID | None]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    description_html: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(server_default="active")
    closed_at: Mapped[datetime | None]
    unit: Mapped[str | None]
    start_value: Mapped[float | None] = mapped_column(Double)
    target_value: Mapped[float | None] = mapped_column(Double)
    current_value: Mapped[float | None] = mapped_column(Double)
    checked_in_at: Mapped[datetime | None]
    untold_by_member: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    untold_by_client: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class GoalMilestone(TenantRecord):
    """A step towards a goal; `position` orders them, equal ones by age."""

    __tablename__ = "goal_milestones"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "goal_id"], ["goals.workspace_id", "goals.id"], ondelete="CASCADE"
        ),
        Index("goal_milestones_by_goal_idx", "workspace_id", "goal_id", "position", "id"),
    )

    goal_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    due_on: Mapped[date | None]
    completed_at: Mapped[datetime | None]


class GoalCheckIn(TenantRecord):
    """How far a goal had come at an instant, as one side saw it; `value` as in the goal."""

    __tablename__ = "goal_check_ins"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "goal_id"], ["goals.workspace_id", "goals.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("side IN ('member', 'client')", name="side"),
        CheckConstraint("side = 'member' OR author_id IS NULL", name="author_id"),
        CheckConstraint("value IS NOT NULL OR comment <> ''", name="something"),
        Index("goal_check_ins_by_goal_idx", "workspace_id", "goal_id", "at", "id"),
    )

    goal_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    side: Mapped[str]
    author_id: Mapped[UUID | None]
    at: Mapped[datetime]
    value: Mapped[float | None] = mapped_column(Double)
    comment: Mapped[str] = mapped_column(server_default="")
