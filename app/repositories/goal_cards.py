"""Goals and check-ins as columns, and which of them a list shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.models import Goal, GoalCheckIn, GoalMilestone
from app.repositories.authors import author_name, with_author
from app.repositories.comment_counts import comments_on
from app.repositories.narrowing import Chosen

GOAL_FIELDS = (
    "id",
    "contact_id",
    "enrollment_id",
    "side",
    "author_id",
    "title",
    "description",
    "description_html",
    "due_on",
    "status",
    "closed_at",
    "unit",
    "start_value",
    "target_value",
    "current_value",
    "checked_in_at",
    "version",
    "created_at",
    "updated_at",
)

GoalCard = Row[*tuple[Any, ...]]
"""GOAL_FIELDS, `author_name`, `milestones` (in order, as JSON), and the `comment_count`."""

MILESTONES = (
    select(
        func.coalesce(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_object(
                        "id",
                        GoalMilestone.id,
                        "title",
                        GoalMilestone.title,
                        "due_on",
                        GoalMilestone.due_on,
                        "completed_at",
                        GoalMilestone.completed_at,
                    ),
                    GoalMilestone.position,
                    GoalMilestone.id,
                )
            ),
            func.jsonb_build_array(),
        )
    )
    .where(
        GoalMilestone.workspace_id == Goal.workspace_id,
        GoalMilestone.goal_id == Goal.id,
    )
    .correlate(Goal)
    .scalar_subquery()
)

CARDS = with_author(
    select(
        *(Goal.__table__.c[name] for name in GOAL_FIELDS),
        author_name(Goal),
        MILESTONES.label("milestones"),
        comments_on("goal", Goal),
    ),
    Goal,
).where(Goal.workspace_id == bindparam("workspace_id"))

CHECK_IN_FIELDS = ("id", "side", "author_id", "at", "value", "comment", "created_at")

CheckInCard = Row[*tuple[Any, ...]]
"""CHECK_IN_FIELDS and `author_name`."""

CHECK_INS = with_author(
    select(*(GoalCheckIn.__table__.c[name] for name in CHECK_IN_FIELDS), author_name(GoalCheckIn)),
    GoalCheckIn,
).where(
    GoalCheckIn.workspace_id == bindparam("workspace_id"),
    GoalCheckIn.goal_id == bindparam("goal_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFilter(Chosen):
    """Which goals. `due_before` is a day."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    status: str | None = None
    due_before: date | None = None


def condition(name: str) -> ColumnElement[bool]:
    """The condition a parameter's name stands for."""
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "only_contact_id": Goal.contact_id == value,
        "contact_id": Goal.contact_id == value,
        "enrollment_id": Goal.enrollment_id == value,
        "status": Goal.status == value,
        "due_before": Goal.due_on < value,
        "row_id": Goal.id == value,
        "before": Goal.id < value,
    }
    return conditions[name]
