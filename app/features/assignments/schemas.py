"""Assignments as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.access.attachments import AttachedFileOut, FileIds
from app.core.fields import UNCHANGED, In, Instant, Line, Out, Text
from app.core.paging import PageQuery
from app.repositories.assignment_cards import AssignmentFilter

StatusName = Literal["assigned", "submitted", "returned", "completed", "cancelled"]
Title = Annotated[str, Line(200)]
Words = Annotated[str, Text(20_000, min_length=0)]


class AssignmentIn(In):
    """Something to do, for up to 100 contacts; each gets an assignment of their own."""

    contact_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    enrollment_id: UUID | None = None
    """The enrollment it counts for, where it is for one contact."""
    title: Title
    instructions: Words = ""
    """Markdown. HTML in it is shown as it is typed; pictures are left out."""
    due_at: Instant | None = None
    file_ids: FileIds = []
    """Shown to each contact with their assignment."""


class AssignmentChanges(In):
    """What to change. What is left out stays; null takes away the day or the enrollment."""

    enrollment_id: UUID | None = UNCHANGED
    title: Title = UNCHANGED
    instructions: Words = UNCHANGED
    due_at: Instant | None = UNCHANGED
    file_ids: FileIds = UNCHANGED


class ReturnIn(In):
    """What is still missing."""

    comment: Annotated[str, Text(5000)]


class SubmissionIn(In):
    """What the client hands in: words as Markdown, files of their own, or both."""

    text: Annotated[str, Text(20_000, min_length=0)] = ""
    file_ids: FileIds = []

    @model_validator(mode="after")
    def _is_something(self) -> Self:
        if not self.text and not self.file_ids:
            raise ValueError("needs a text or a file")
        return self


class PortalAssignmentQuery(PageQuery):
    """Which assignments; newest first. `late` is as in the answers."""

    status: StatusName | None = None
    enrollment_id: UUID | None = None
    late: bool | None = None
    due_before: Instant | None = None

    def filter(self) -> AssignmentFilter:
        """The conditions alone."""
        return AssignmentFilter(**self.model_dump(exclude={"cursor", "limit"}))


class AssignmentQuery(PortalAssignmentQuery):
    """Which assignments; newest first."""

    contact_id: UUID | None = None


class AssignmentOut(Out):
    """Something to do.

    `late`: it is due and was not handed in, or was handed in too late. `latest_number` counts
    what was handed in. `return_comment` is what the coach said when they last gave it back. The
    client sees the `attachments` until it is cancelled.
    """

    id: UUID
    contact_id: UUID
    enrollment_id: UUID | None
    author_id: UUID | None
    title: str
    instructions: Annotated[str, Field(description="Markdown, as it was written.")]
    instructions_html: Annotated[str, Field(description="The same as sanitised HTML.")]
    due_at: datetime | None
    status: StatusName
    late: bool
    latest_number: int
    submitted_at: datetime | None
    return_comment: str | None
    closed_at: datetime | None
    attachments: list[AttachedFileOut]
    comment_count: int
    version: int
    created_at: datetime
    updated_at: datetime


class AssignedOut(Out):
    """An assignment for each contact."""

    assignments: list[AssignmentOut]


class SubmissionOut(Out):
    """What was handed in, as it was; both sides see its `attachments`."""

    id: UUID
    number: int
    text: str
    text_html: str
    late: bool
    attachments: list[AttachedFileOut]
    created_at: datetime


class SubmissionsOut(Out):
    """All that was handed in, the latest first."""

    submissions: list[SubmissionOut]
