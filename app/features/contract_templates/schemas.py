"""Templates as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from app.access.merge_variables import OWN_PREFIX, Source
from app.core.documents.merge_fields import LONGEST_NAME, MarkKind
from app.core.fields import UNCHANGED, In, Line, Out, Text
from app.core.paging import PageQuery

TemplateName = Annotated[str, Line(150)]
Body = Annotated[
    str,
    Text(100_000),
    Field(
        description="Markdown. `{{contact.name}}` is a variable, `{{signature:client}}` a place to "
        "sign; a paragraph `{{page_break}}` starts a page.",
        examples=["# Coaching agreement\n\nBetween {{workspace.name}} and {{contact.name}}."],
    ),
]
OwnName = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NAME, pattern=r"^custom\.[a-z][a-z0-9_]*$"),
    Field(examples=["custom.notice_period"]),
]
Value = Annotated[str, Text(2000, min_length=0)]


class VariableIn(In):
    """A variable of the template's own, which each contract gives a value."""

    name: OwnName
    label: Annotated[str, Line(100)]
    sample: Annotated[str, Text(500)]
    """What previews show."""


def _distinct(variables: list[VariableIn]) -> list[VariableIn]:
    if len({variable.name for variable in variables}) < len(variables):
        raise ValueError("must not declare a variable twice")
    return variables


Variables = Annotated[list[VariableIn], Field(max_length=50), AfterValidator(_distinct)]


class ContractTemplateIn(In):
    """A new template."""

    name: TemplateName
    body: Body
    variables: Variables = []


class ContractTemplateChanges(In):
    """What to change. What is left out stays."""

    name: TemplateName = UNCHANGED
    body: Body = UNCHANGED
    variables: Variables = UNCHANGED


class PreviewIn(In):
    """What to show: samples, or a contact's and a program's own values, or those given here."""

    body: Body | None = None
    """Instead of the template's text: what an editor holds and has not saved."""
    contact_id: UUID | None = None
    program_id: UUID | None = None
    variables: Annotated[
        dict[Annotated[str, StringConstraints(max_length=LONGEST_NAME)], Value],
        Field(max_length=100, examples=[{f"{OWN_PREFIX}notice_period": "four weeks"}]),
    ] = {}


class ContractTemplateQuery(PageQuery):
    """Which templates; newest first."""

    archived: Literal["false", "true", "all"] = "false"


class MergeVariableOut(Out):
    """A variable: `source` says where its value comes from."""

    name: str
    source: Source
    label: str
    sample: str


class MergeVariablesOut(Out):
    """The variables every template may use."""

    variables: list[MergeVariableOut]


class MarkOut(Out):
    """A place where somebody fills something in."""

    kind: MarkKind
    who: str
    label: str
    required: bool


class OwnVariableOut(Out):
    """A variable of the template's own."""

    name: str
    label: str
    sample: str


class ContractTemplateOut(Out):
    """A template: what it declares, and what its text asks to be filled in."""

    id: UUID
    name: str
    body: str
    variables: list[OwnVariableOut]
    uses: list[MergeVariableOut]
    marks: list[MarkOut]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class ContractTemplateCard(Out):
    """A template in a list, without its text."""

    id: UUID
    name: str
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
