"""Forms as clients see them: without the scores of choices."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.core.fields import Out
from app.features.forms.schemas_fields import FormField
from app.features.forms.schemas_responses import AnsweredFileOut, QuestionOut, ResponseStatus


class PortalResponseOut(Out):
    """A form one was asked to fill in. `overdue`: it was due, and is still awaited.

    `reopen_comment` is what the coach said when they opened it again.
    """

    id: UUID
    form_version: int
    title: str
    enrollment_id: UUID | None
    status: ResponseStatus
    revision: int
    due_at: datetime | None
    overdue: bool
    message: str | None
    reopen_comment: str | None
    submitted_at: datetime | None
    created_at: datetime


class FormResultOut(Out):
    """What the answers add up to, what that is called, and what it means."""

    score: int
    band: str | None
    message: str


class PortalResponseDetailOut(PortalResponseOut):
    """The same with the form, what of it is shown for the present answers, and these.

    `answers` are kept as they are typed; what is not shown is dropped on submitting. `result` is
    null until then, and for forms that keep it from clients.
    """

    description: str
    fields: list[FormField]
    visible_field_ids: list[str]
    answers: Annotated[dict[str, Any], Field(description="By field id.")]
    result: FormResultOut | None
    version: int
    updated_at: datetime


class PortalRevisionOut(Out):
    """What one submitted, beside what was asked."""

    number: int
    submitted_at: datetime
    questions: list[QuestionOut]
    files: list[AnsweredFileOut]
    reopened_at: datetime | None
    reopen_comment: str | None


class PortalRevisionsOut(Out):
    """All that one submitted, the latest first."""

    revisions: list[PortalRevisionOut]
