"""Forms as the API takes and gives them, coach side."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from app.core.fields import UNCHANGED, In, Line, Out, Text
from app.core.paging import PageQuery
from app.features.forms.schemas_fields import FormField
from app.repositories.forms import FormFilter

FormStatus = Literal["draft", "published", "archived"]
Title = Annotated[str, Line(200)]
Description = Annotated[str, Text(5000, min_length=0)]
Total = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


class Band(In):
    """What a score from `min` to `max`, both included, is called."""

    label: Annotated[str, Line(100)]
    min: Total
    max: Total
    message: Annotated[str, Text(2000, min_length=0)] = ""


Fields = Annotated[list[FormField], Field(max_length=200)]
Bands = Annotated[list[Band], Field(max_length=20)]


class FormDefinition(In):
    """A form. Once published it stays as it is: changes go into its next version."""

    title: Title
    description: Description = ""
    fields: Fields = []
    bands: Bands = []
    """Names for scores, from the lowest possible to the highest, without gap or overlap."""
    show_result: bool = False
    """Whether clients see their score and its band once they have submitted."""


class FormChanges(In):
    """What to change. What is left out stays; `fields` and `bands` are replaced as a whole."""

    title: Title = UNCHANGED
    description: Description = UNCHANGED
    fields: Fields = UNCHANGED
    bands: Bands = UNCHANGED
    show_result: bool = UNCHANGED


class DuplicateFormIn(In):
    """What the copy is called; default: `Copy of` and the title of the original."""

    title: Title | None = None


class AnswersIn(In):
    """Answers by field id; null takes one away."""

    answers: Annotated[dict[str, Any], Field(max_length=400)]


class FormQuery(PageQuery):
    """Which forms; without `status` all that are not archived."""

    status: FormStatus | None = None
    search: Annotated[str, Line(100)] | None = None
    """Part of the title."""

    def filter(self) -> FormFilter:
        """The conditions alone."""
        return FormFilter(status=self.status, search=self.search)


class VersionQuery(PageQuery):
    """Which versions; the latest first."""


class FormSummaryOut(Out):
    """A form in a list. `latest_version` is 0 until it is published.

    `open_requests` counts those who were asked and have not submitted, `submitted` those who have.
    """

    id: UUID
    title: str
    status: FormStatus
    latest_version: int
    has_unpublished_changes: bool
    open_requests: int
    submitted: int
    version: int
    created_at: datetime
    updated_at: datetime


class ScoreRangeOut(Out):
    """The lowest and the highest score an answered form can get."""

    min: int
    max: int


class FormOut(Out):
    """A form with its draft, which is what the next version will be."""

    id: UUID
    title: str
    description: str
    fields: list[FormField]
    bands: list[Band]
    show_result: bool
    score_range: Annotated[
        ScoreRangeOut | None, Field(description="Null for a form without scores.")
    ]
    status: FormStatus
    latest_version: int
    has_unpublished_changes: bool
    author_id: UUID | None
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class FormVersionSummaryOut(Out):
    """A version in a list. `sha256` is the digest of its definition."""

    number: int
    title: str
    sha256: str
    published_at: datetime


class FormVersionOut(FormVersionSummaryOut):
    """What a form was when it was published; nothing changes it."""

    description: str
    fields: list[FormField]
    bands: list[Band]
    show_result: bool
    score_range: ScoreRangeOut | None


class AnswerProblemOut(Out):
    """What would be refused on submitting."""

    pointer: str
    code: str
    detail: str


class PreviewOut(Out):
    """How the form's draft would take these answers."""

    visible_field_ids: list[str]
    score: int | None
    band: str | None
    problems: list[AnswerProblemOut]
