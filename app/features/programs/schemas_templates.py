"""What a program brings along, as the API takes and gives it."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.access.attachments import AttachedFileOut, FileIds
from app.core.fields import In, Line, Measure, Out, Text

Title = Annotated[str, Line(200)]
Words = Annotated[str, Text(20_000, min_length=0)]
DueAfter = Annotated[
    int | None,
    Field(
        ge=0,
        le=3650,
        examples=[7],
        description="Days after the enrollment's first, in the client's zone; null: no day is set.",
    ),
]


class TargetTemplateIn(In):
    """What is measured, from where, and where to."""

    start: Measure = 0.0
    target: Measure
    unit: Annotated[str, Line(30)]

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.start == self.target:
            raise ValueError("target must differ from start")
        return self


class MilestoneTemplateIn(In):
    """A step towards the goal."""

    title: Title
    due_after_days: DueAfter = None


class GoalTemplateIn(In):
    """A goal that each new enrollment begins with."""

    title: Title
    description: Words = ""
    """Markdown."""
    due_after_days: DueAfter = None
    target: TargetTemplateIn | None = None
    milestones: Annotated[list[MilestoneTemplateIn], Field(max_length=50)] = []


class AssignmentTemplateIn(In):
    """Something to do that each new enrollment begins with; due at the end of its day."""

    title: Title
    instructions: Words = ""
    """Markdown."""
    due_after_days: DueAfter = None
    file_ids: FileIds = []


class TemplatesIn(In):
    """All that the program brings along, in order; what it brought along so far is replaced."""

    goals: Annotated[list[GoalTemplateIn], Field(max_length=30)]
    assignments: Annotated[list[AssignmentTemplateIn], Field(max_length=30)]


class TargetTemplateOut(Out):
    """What is measured, from where, and where to."""

    start: float
    target: float
    unit: str


class MilestoneTemplateOut(Out):
    """A step towards the goal."""

    title: str
    due_after_days: int | None


class GoalTemplateOut(Out):
    """A goal that each new enrollment begins with."""

    id: UUID
    title: str
    description: str
    description_html: str
    due_after_days: int | None
    target: TargetTemplateOut | None
    milestones: list[MilestoneTemplateOut]


class AssignmentTemplateOut(Out):
    """Something to do that each new enrollment begins with."""

    id: UUID
    title: str
    instructions: str
    instructions_html: str
    due_after_days: int | None
    attachments: list[AttachedFileOut]


class TemplatesOut(Out):
    """What the program brings along for each new enrollment; its files are in `/v1/files`."""

    goals: list[GoalTemplateOut]
    assignments: list[AssignmentTemplateOut]


def target_columns(target: TargetTemplateIn | None) -> dict[str, Any]:
    """A target as the template's columns."""
    return {
        "unit": target.unit if target else None,
        "start_value": target.start if target else None,
        "target_value": target.target if target else None,
    }
