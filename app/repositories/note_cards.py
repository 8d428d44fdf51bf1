"""Notes as columns, and which of them a list shows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    bindparam,
    func,
    or_,
    select,
)

from app.models import Note
from app.repositories.attached import attached_to
from app.repositories.authors import author_name, with_author
from app.repositories.comment_counts import comments_on
from app.repositories.contact_filters import word_patterns
from app.repositories.narrowing import Chosen

NOTE_FIELDS = (
    "id",
    "contact_id",
    "enrollment_id",
    "appointment_id",
    "side",
    "author_id",
    "title",
    "body",
    "body_html",
    "shared_at",
    "seen_at",
    "version",
    "created_at",
    "updated_at",
)

NoteCard = Row[*tuple[Any, ...]]
"""NOTE_FIELDS, `author_name`, the `comment_count` of those the audience sees, `attachments`."""

CARDS = with_author(
    select(
        *(Note.__table__.c[name] for name in NOTE_FIELDS),
        author_name(Note),
        comments_on("note", Note),
        attached_to("note", Note, Note.contact_id),
    ),
    Note,
).where(
    Note.workspace_id == bindparam("workspace_id"),
    or_(Note.side == bindparam("side"), Note.shared_at.is_not(None)),
)
"""The notes one side sees, to be narrowed down and ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFilter(Chosen):
    """Which notes; `search` finds every one of its words in title or body, in any case."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    appointment_id: UUID | None = None
    shared: bool | None = None
    by_side: str | None = None
    search: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use; each word is one."""
        chosen = super(NoteFilter, self).values
        chosen.pop("search", None)
        return chosen | word_patterns(self.search)


def condition(name: str) -> ColumnElement[bool]:
    """The condition a parameter's name stands for."""
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "only_contact_id": Note.contact_id == value,
        "contact_id": Note.contact_id == value,
        "enrollment_id": Note.enrollment_id == value,
        "appointment_id": Note.appointment_id == value,
        "shared": Note.shared_at.is_not(None) == value,
        "by_side": Note.side == value,
        "row_id": Note.id == value,
        "before": Note.id < value,
    }
    # lower() of the database, as in search_text: Python's differs for some letters
    return conditions.get(name, Note.search_text.like(func.lower(value)))
