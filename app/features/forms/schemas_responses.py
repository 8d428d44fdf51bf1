"""Who is asked to fill in forms, and what they answered, as the coach side takes and gives it."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from app.core.fields import Filters, In, Instant, Out, Text
from app.core.paging import PageQuery
from app.features.forms.schemas_fields import FormField
from app.repositories.form_responses import ResponseFilter

ResponseStatus = Literal["draft", "submitted", "reviewed", "cancelled"]
SendResult = Literal[
    "sent",
    "already_asked",
    "archived",
    "access_disabled",
    "no_email",
    "unsubscribed",
    "not_found",
]


def _one_of_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


class FormRequestIn(In):
    """Whom to ask, up to 100 contacts, by when, and what to say to them."""

    contact_ids: Annotated[
        list[UUID], Field(min_length=1, max_length=100), AfterValidator(_one_of_each)
    ]
    due_at: Instant | None = None
    """They are reminded a day before, and a day after."""
    message: Annotated[str, Text(1000)] | None = None


class ReopenIn(In):
    """What the client is to look at again, and by when."""

    comment: Annotated[str, Text(5000)]
    due_at: Instant | None = None


class PortalResponseQuery(PageQuery):
    """Which forms one was asked to fill in; newest first."""

    status: ResponseStatus | None = None

    def filter(self) -> ResponseFilter:
        """The conditions alone."""
        return ResponseFilter(**self.model_dump(exclude={"cursor", "limit"}))


class FormResponseQuery(PortalResponseQuery):
    """Which responses; newest first."""

    form_id: UUID | None = None
    contact_id: UUID | None = None


class ExportQuery(Filters):
    """In which shape, and of which version (default: all, with a column for each question ever)."""

    format: Literal["csv", "json"] = "csv"
    version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    headers: Literal["ids", "labels"] = "ids"
    """What CSV columns are called: by their ids they keep their names for good."""


class RespondentOut(Out):
    """The contact who was asked."""

    id: UUID
    first_name: str
    last_name: str


class FormResponseOut(Out):
    """A contact who was asked to fill in a form, and how far they are.

    It belongs to `form_version` for good. What they write stays theirs until they submit: `draft`.
    `revision` grows each time it is opened again; `score` and `band` are those of the latest one
    that was submitted. `late` tells of that one, `overdue` that it is still awaited.
    """

    id: UUID
    form_id: UUID
    form_version: int
    title: str
    contact: RespondentOut
    enrollment_id: UUID | None
    author_id: UUID | None
    status: ResponseStatus
    revision: int
    latest_revision: int
    due_at: datetime | None
    overdue: bool
    late: bool
    message: str | None
    score: int | None
    band: str | None
    submitted_at: datetime | None
    reviewed_at: datetime | None
    cancelled_at: datetime | None
    reminded_at: datetime | None
    created_at: datetime


class AnsweredFileOut(Out):
    """A file that an answer names, as it was when it was handed in."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int


class QuestionOut(Out):
    """A field of the form beside what was answered.

    `display` is the answer in words: labels of choices, names of files. What was not shown has no
    answer.
    """

    field: FormField
    visible: bool
    answer: Any
    display: str | None


class FormRevisionOut(Out):
    """What was submitted, beside what was asked; later changes to the form don't touch it.

    `reopen_comment` is what the coach said when they asked for another one.
    """

    number: int
    submitted_at: datetime
    late: bool
    score: int | None
    band: str | None
    questions: list[QuestionOut]
    files: list[AnsweredFileOut]
    reopened_at: datetime | None
    reopen_comment: str | None


class FormResponseDetailOut(FormResponseOut):
    """The same with what was submitted last; null before."""

    submission: FormRevisionOut | None


class FormRevisionsOut(Out):
    """All that was submitted, the latest first."""

    revisions: list[FormRevisionOut]


class SentItem(Out):
    """What became of one contact; `response` where they were asked."""

    contact_id: UUID
    result: SendResult
    response: FormResponseOut | None


class SentOut(Out):
    """What became of each contact, in the order they were named."""

    data: list[SentItem]
    sent: int
    skipped: dict[str, int]

    @classmethod
    def of(cls, items: list[SentItem]) -> Self:
        """The items and their counts."""
        skipped = Counter[str](one.result for one in items if one.response is None)
        return cls(data=items, sent=len(items) - skipped.total(), skipped=dict(skipped))
