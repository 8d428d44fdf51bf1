"""Letters and their wording as the API takes and gives them."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.fields import In, Line, Out, Text
from app.features.email_templates.shelf import Kind

Subject = Annotated[str, Line(150), Field(examples=["{{ author }} has a new goal for you"])]
Intro = Annotated[str, Text(2000), Field(examples=["Dear {{ reader_name }},\nthere is news."])]


class WordingIn(In):
    """A subject and words before the standard text; null is the standard.

    `{{ name }}` stands for one of the letter's variables. Everything else is text: nothing in it
    is run, and HTML is shown as it is typed.
    """

    subject: Subject | None = None
    intro: Intro | None = None


class VariableOut(Out):
    """Something the letter says; instants and days come in the reader's language and zone."""

    name: Annotated[str, Field(examples=["title"])]
    kind: Kind


class EmailTemplateOut(Out):
    """A letter this practice sends, and how it words it.

    `subject` and `intro` are the practice's own, null where it says what all say.
    """

    name: Annotated[str, Field(examples=["goals/goal_created"])]
    standard_subject: Annotated[str, Field(examples=["{{ author }} set a goal"])]
    subject: str | None
    intro: str | None
    variables: list[VariableOut]
    updated_at: datetime | None


class EmailTemplatesOut(Out):
    """Every letter a practice may word itself: a catalogue, as long in every practice."""

    templates: list[EmailTemplateOut]


class TemplatePreviewOut(Out):
    """The letter with these words; `[title]` stands for what it will say."""

    subject: str
    text: str
    html: str
