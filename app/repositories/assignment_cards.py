"""Assignments and submissions as columns, and which of them a list shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from app.models import Assignment, FileAttachment, Submission
from app.repositories.attached import attached_to
from app.repositories.comment_counts import comments_on
from app.repositories.narrowing import Chosen

FIELDS = (
    "id",
    "contact_id",
    "enrollment_id",
    "author_id",
    "title",
    "instructions",
    "instructions_html",
    "due_at",
    "status",
    "latest_number",
    "submitted_at",
    "return_comment",
    "closed_at",
    "version",
    "created_at",
    "updated_at",
)

AssignmentCard = Row[*tuple[Any, ...]]
"""FIELDS, the `comment_count` of those the audience sees, `attachments` it sees, and `late`."""

LATE: ColumnElement[bool] = func.coalesce(
    and_(
        Assignment.status != "cancelled",
        or_(Assignment.submitted_at.is_not(None), Assignment.status != "completed"),
        func.coalesce(Assignment.submitted_at, bindparam("now")) > Assignment.due_at,
    ),
    false(),
)
"""It is due and was not handed in, or was handed in too late."""

CARDS = select(
    *(Assignment.__table__.c[name] for name in FIELDS),
    LATE.label("late"),
    comments_on("assignment", Assignment),
    attached_to(
        "assignment",
        Assignment,
        Assignment.contact_id,
        or_(bindparam("side") == "member", FileAttachment.shared),
    ),
).where(Assignment.workspace_id == bindparam("workspace_id"))
"""A practice's assignments, to be narrowed down and ordered."""

SubmissionCard = Row[*tuple[Any, ...]]
"""id, number, text, text_html, late, created_at, `attachments`."""

SUBMISSIONS = (
    select(
        *(
            Submission.__table__.c[name]
            for name in ("id", "number", "text", "text_html", "late", "created_at")
        ),
        attached_to("submission", Submission, Assignment.contact_id),
    )
    .join(
        Assignment,
        and_(
            Assignment.workspace_id == Submission.workspace_id,
            Assignment.id == Submission.assignment_id,
        ),
    )
    .where(
        Submission.workspace_id == bindparam("workspace_id"),
        Submission.assignment_id == bindparam("assignment_id"),
    )
    .order_by(Submission.number.desc())
)
"""What was handed in for one assignment, the latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFilter(Chosen):
    """Which assignments."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    status: str | None = None
    late: bool | None = None
    due_before: datetime | None = None


def condition(name: str) -> ColumnElement[bool]:
    """The condition a parameter's name stands for."""
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "only_contact_id": Assignment.contact_id == value,
        "contact_id": Assignment.contact_id == value,
        "enrollment_id": Assignment.enrollment_id == value,
        "status": Assignment.status == value,
        "late": value == LATE,
        "due_before": Assignment.due_at < value,
        "row_id": Assignment.id == value,
        "before": Assignment.id < value,
    }
    return conditions[name]
