"""Comments as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.access.authors import AuthorOut
from app.core.fields import In, Out, Text
from app.core.paging import PageQuery

SubjectKind = Literal["note", "goal", "assignment", "file"]
Words = Annotated[str, Text(5000)]


class CommentIn(In):
    """What to say; Markdown."""

    body: Words


class CommentChanges(In):
    """What to say instead."""

    body: Words


class CommentQuery(PageQuery):
    """In which order: `created_at` begins with the oldest."""

    sort: Literal["created_at", "-created_at"] = "created_at"


class FileCommentIn(CommentIn):
    """What to say about a file, and to whom; `contact_id` is needed where several see it."""

    contact_id: UUID | None = None


class FileCommentQuery(CommentQuery):
    """In which order, and with whom; `contact_id` is needed where several see the file."""

    contact_id: UUID | None = None


class CommentOut(Out):
    """A comment.

    A deleted one keeps its place without its words: `body` and `body_html` are null. An
    `internal` one was written while only its own side saw what it is about, and stays there.
    `seen_at` is when the other side first read it.
    """

    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    contact_id: UUID
    author: AuthorOut
    body: Annotated[str | None, Field(description="Markdown, as it was written.")]
    body_html: Annotated[str | None, Field(description="The same as sanitised HTML.")]
    internal: bool
    can_edit: bool
    seen_at: datetime | None
    edited_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime
