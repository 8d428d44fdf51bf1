"""Goals as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.core.fields import UNCHANGED, Day, In, Line, Measure, Out, Text
from app.core.paging import PageQuery
from app.features.goals.schemas_steps import MilestoneIn, MilestoneOut
from app.repositories.goal_cards import GoalFilter

SideName = Literal["member", "client"]
StatusName = Literal["active", "achieved", "abandoned"]
ProgressKind = Literal["percent", "milestones", "measured"]
Title = Annotated[str, Line(200)]
Description = Annotated[str, Text(20_000, min_length=0)]
Steps = Annotated[list[MilestoneIn], Field(max_length=50)]


class TargetIn(In):
    """What is measured, from where, and where to: 90 to 75 `kg`, 0 to 12 `talks`."""

    start: Measure = 0.0
    target: Measure
    unit: Annotated[str, Line(30)]


class PortalGoalIn(In):
    """A new goal of the client's; the coach sees it and is told."""

    enrollment_id: UUID | None = None
    title: Title
    description: Description = ""
    """Markdown. HTML in it is shown as it is typed; pictures are left out."""
    due_on: Day | None = None
    target: TargetIn | None = None
    milestones: Steps = []


class GoalIn(PortalGoalIn):
    """A new goal for a contact, who sees it and is told."""

    contact_id: UUID


class GoalChanges(In):
    """What to change. What is left out stays; null takes away the day, enrollment or target."""

    enrollment_id: UUID | None = UNCHANGED
    title: Title = UNCHANGED
    description: Description = UNCHANGED
    due_on: Day | None = UNCHANGED
    target: TargetIn | None = UNCHANGED


class PortalGoalQuery(PageQuery):
    """Which goals; newest first."""

    status: StatusName | None = None
    enrollment_id: UUID | None = None
    due_before: Day | None = None

    def filter(self) -> GoalFilter:
        """The conditions alone."""
        return GoalFilter(**self.model_dump(exclude={"cursor", "limit"}))


class GoalQuery(PortalGoalQuery):
    """Which goals; newest first."""

    contact_id: UUID | None = None


class GoalAuthor(Out):
    """Who set it: a member of the team, or the client. Integrations have no name."""

    side: SideName
    member_id: UUID | None
    name: str | None


class TargetOut(Out):
    """What is measured, from where, and where to."""

    start: float
    target: float
    unit: str


class GoalProgressOut(Out):
    """How far it has come.

    `kind`: `measured` where the goal has a target, else `milestones` where it has any, else
    `percent`. `value` is the latest check-in's: in the target's unit, or per cent; null before
    the first one. `percent` is always there, 100 once the goal is achieved.
    """

    kind: ProgressKind
    percent: int
    value: float | None
    checked_in_at: datetime | None
    milestones_done: int
    milestones_total: int


class GoalOut(Out):
    """A goal, as both sides see it. `comment_count` leaves out deleted comments."""

    id: UUID
    contact_id: UUID
    enrollment_id: UUID | None
    author: GoalAuthor
    title: str
    description: Annotated[str, Field(description="Markdown, as it was written.")]
    description_html: Annotated[str, Field(description="The same as sanitised HTML, safe to show.")]
    due_on: date | None
    status: StatusName
    closed_at: datetime | None
    target: TargetOut | None
    progress: GoalProgressOut
    milestones: list[MilestoneOut]
    comment_count: int
    version: int
    created_at: datetime
    updated_at: datetime
