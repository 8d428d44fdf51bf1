"""Assignments and submissions as columns, and which of them a list shows."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from app.models import Assignment, Comment, FileAttachment, Submission
from app.repositories.attached import attached_to
from app.repositories.audiences import Audience

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

COMMENTS = (
    select(func.count())
    .where(
        Comment.workspace_id == Assignment.workspace_id,
        Comment.subject_kind == "assignment",
        Comment.subject_id == Assignment.id,
        Comment.contact_id == Assignment.contact_id,
        Comment.deleted_at.is_(None),
        or_(Comment.side == bindparam("side"), Comment.internal.is_(False)),
    )
    .correlate(Assignment)
    .scalar_subquery()
)

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
    COMMENTS.label("comment_count"),
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
class AssignmentFilter:
    """What assignments must match, all of it; None means: does not matter."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    status: str | None = None
    late: bool | None = None
    due_before: datetime | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "contact_id": self.contact_id,
            "enrollment_id": self.enrollment_id,
            "status": self.status,
            "late": self.late,
            "due_before": self.due_before,
        }
        return {name: value for name, value in candidates.items() if value is not None}


def seen_by(audience: Audience) -> dict[str, Any]:
    """The parameters that limit CARDS to what this audience sees.

    A client's `only_contact_id` is a condition of its own: no filter can replace it.
    """
    scope = {"workspace_id": audience.workspace_id, "side": audience.side}
    return scope if audience.side == "member" else {**scope, "only_contact_id": audience.contact_id}


@lru_cache(maxsize=512)
def cards_with(names: frozenset[str]) -> Select[Any]:
    """CARDS under the conditions with these parameters."""
    conditions = (_condition(name) for name in sorted(names - {"workspace_id", "side", "now"}))
    return CARDS.where(*conditions)


def _condition(name: str) -> ColumnElement[bool]:
    """The condition a parameter's name stands for."""
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "only_contact_id": Assignment.contact_id == value,
        "contact_id": Assignment.contact_id == value,
        "enrollment_id": Assignment.enrollment_id == value,
        "status": Assignment.status == value,
        "late": value == LATE,
        "due_before": Assignment.due_at < value,
        "assignment_id": Assignment.id == value,
        "before": Assignment.id < value,
    }
    return conditions[name]
