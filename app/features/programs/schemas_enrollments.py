"""Enrollments as the API takes and gives them, coach side."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from app.access.onboarding import StepName
from app.core.fields import In, Out, Text
from app.core.paging import PageQuery
from app.features.programs.schemas import Unit
from app.repositories.enrollments import EnrollmentFilter

EnrollmentStatus = Literal["invited", "active", "paused", "completed", "declined", "cancelled"]
Origin = Literal["invited", "quick_start", "self_registered"]

Result = Literal[
    "invited",
    "enrolled",
    "already_enrolled",
    "archived",
    "access_disabled",
    "no_email",
    "unsubscribed",
    "not_found",
]


def _one_of_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


ContactIds = Annotated[
    list[UUID], Field(min_length=1, max_length=100), AfterValidator(_one_of_each)
]
Message = Annotated[str, Text(1000)]
Reason = Annotated[str, Text(1000)]


class EnrollIn(In):
    """Whom to bring into the program, and what to say to them."""

    contact_ids: ContactIds
    message: Message | None = None


class AgainIn(In):
    """What to say to somebody who has not answered."""

    message: Message | None = None


class ReasonIn(In):
    """Why; kept with the enrollment, and told to the other side."""

    reason: Reason | None = None


class EnrollmentQuery(PageQuery):
    """Which enrollments."""

    program_id: UUID | None = None
    contact_id: UUID | None = None
    status: EnrollmentStatus | None = None

    def filter(self) -> EnrollmentFilter:
        """The conditions alone."""
        return EnrollmentFilter(**self.model_dump(exclude={"cursor", "limit"}))


class EnrolledProgram(Out):
    """The program somebody is enrolled in."""

    id: UUID
    name: str
    slug: str


class EnrolledContact(Out):
    """The contact who is enrolled."""

    id: UUID
    first_name: str
    last_name: str
    email: str | None


class UsageOut(Out):
    """How much is used of what was granted; `left` can be booked, `reserved` is booked."""

    granted: int
    used: int
    reserved: int
    left: int


class DoneOut(Out):
    """How many of all are done."""

    done: int
    total: int


class EnrollmentProgressOut(Out):
    """How far an enrollment has come; null for what it doesn't count in.

    `goals` and `assignments` are those that belong to the enrollment, brought along by its program
    or added since; goals given up and assignments taken back are left out.
    """

    sessions: UsageOut | None
    minutes: UsageOut | None
    goals: DoneOut | None
    assignments: DoneOut | None


class CreditOut(Out):
    """What an enrollment has of one appointment type, in `unit`s."""

    appointment_type_id: UUID
    unit: Unit
    granted: int
    used: int
    reserved: int
    left: int
    expires_at: datetime | None


class EnrollmentOut(Out):
    """One contact's run through a program.

    `outstanding_steps` are what the client has yet to do, in order. An invited client who has
    said yes has `accepted_at`.
    """

    id: UUID
    program: EnrolledProgram
    contact: EnrolledContact
    status: EnrollmentStatus
    origin: Origin
    outstanding_steps: list[StepName]
    progress: EnrollmentProgressOut
    credits: list[CreditOut]
    accepted_at: datetime | None
    activated_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class EnrolledItem(Out):
    """What became of one contact; `enrollment` is null where they were left out."""

    contact_id: UUID
    result: Result
    enrollment: EnrollmentOut | None


class EnrolledOut(Out):
    """What became of each contact, in the order they were named; `skipped` counts by reason."""

    data: list[EnrolledItem]
    enrolled: int
    skipped: dict[str, int]

    @classmethod
    def of(cls, items: list[EnrolledItem]) -> Self:
        """The items and their counts."""
        skipped = Counter[str](one.result for one in items if one.enrollment is None)
        enrolled = len(items) - skipped.total()
        return cls(data=items, enrolled=enrolled, skipped=dict(skipped))
