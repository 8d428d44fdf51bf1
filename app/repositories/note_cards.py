"""Notes as columns, and which of them a list shows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    bindparam,
    func,
    or_,
    select,
)

from app.models import Comment, Note
from app.repositories.attached import attached_to
from app.repositories.audiences import Audience
from app.repositories.authors import author_name, with_author
from app.repositories.contact_filters import word_patterns

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

COMMENTS = (
    select(func.count())
    .where(
        Comment.workspace_id == Note.workspace_id,
        Comment.subject_kind == "note",
        Comment.subject_id == Note.id,
        Comment.contact_id == Note.contact_id,
        Comment.deleted_at.is_(None),
        or_(Comment.side == bindparam("side"), Comment.internal.is_(False)),
    )
    .correlate(Note)
    .scalar_subquery()
)

CARDS = with_author(
    select(
        *(Note.__table__.c[name] for name in NOTE_FIELDS),
        author_name(Note),
        COMMENTS.label("comment_count"),
        attached_to("note", Note, Note.contact_id),
    ),
    Note,
).where(
    Note.workspace_id == bindparam("workspace_id"),
    or_(Note.side == bindparam("side"), Note.shared_at.is_not(None)),
)
"""The notes one side sees, to be narrowed down and ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFilter:
    """What notes must match, all of it; None means: does not matter.

    `search` finds every one of its words in title or body; case never matters.
    """

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    appointment_id: UUID | None = None
    shared: bool | None = None
    side: str | None = None
    search: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "contact_id": self.contact_id,
            "enrollment_id": self.enrollment_id,
            "appointment_id": self.appointment_id,
            "shared": self.shared,
            "by_side": self.side,
            **word_patterns(self.search),
        }
        return {name: value for name, value in candidates.items() if value is not None}


def seen_by(audience: Audience) -> dict[str, Any]:
    """The parameters that limit CARDS to what this audience sees.

    A client's `only_contact_id` is a condition of its own: no filter can replace it.
    """
    scope = {"workspace_id": audience.workspace_id, "side": audience.side}
    return scope if audience.side == "member" else {**scope, "only_contact_id": audience.contact_id}


@lru_cache(maxsize=512)
def cards_with(names: frozenset[str]) -> Select[Any]:
    """CARDS under the conditions with these parameters."""
    conditions = (condition(name) for name in sorted(names - {"workspace_id", "side"}))
    return CARDS.where(*conditions)


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
        "note_id": Note.id == value,
        "before": Note.id < value,
    }
    # lower() of the database, as in search_text: Python's differs for some letters
    return conditions.get(name, Note.search_text.like(func.lower(value)))
