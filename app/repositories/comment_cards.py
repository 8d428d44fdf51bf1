"""Comments as columns, and the thread they belong to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, or_, select

from app.models import Comment
from app.repositories.authors import author_name, with_author


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The comments on one thing in the company of one contact.

    `kind` and `subject_id` name the thing, `title` is what people call it. While it is not
    `shared`, only the side that has it sees it, and what is said then stays on that side.
    """

    kind: str
    subject_id: UUID
    contact_id: UUID
    title: str
    shared: bool

    @property
    def values(self) -> dict[str, Any]:
        """The columns that say which thread a comment is in."""
        return {
            "subject_kind": self.kind,
            "subject_id": self.subject_id,
            "contact_id": self.contact_id,
        }


COMMENT_FIELDS = (
    "id",
    "contact_id",
    "subject_kind",
    "subject_id",
    "side",
    "author_id",
    "body",
    "body_html",
    "internal",
    "event_id",
    "seen_at",
    "edited_at",
    "deleted_at",
    "created_at",
)

CommentCard = Row[*tuple[Any, ...]]
"""COMMENT_FIELDS and `author_name`."""

CARDS = with_author(
    select(*(Comment.__table__.c[name] for name in COMMENT_FIELDS), author_name(Comment)), Comment
).where(
    Comment.workspace_id == bindparam("workspace_id"),
    or_(Comment.side == bindparam("side"), Comment.internal.is_(False)),
)
"""The comments one side sees, to be narrowed down and ordered."""

CARD = CARDS.where(Comment.id == bindparam("comment_id"))

IN_THREAD = CARDS.where(
    Comment.subject_kind == bindparam("subject_kind"),
    Comment.subject_id == bindparam("subject_id"),
    Comment.contact_id == bindparam("contact_id"),
)
OLDEST_FIRST = IN_THREAD.order_by(Comment.id).limit(bindparam("row_limit"))
NEWEST_FIRST = IN_THREAD.order_by(Comment.id.desc()).limit(bindparam("row_limit"))
PAGES = {
    (False, False): OLDEST_FIRST,
    (False, True): OLDEST_FIRST.where(Comment.id > bindparam("position")),
    (True, False): NEWEST_FIRST,
    (True, True): NEWEST_FIRST.where(Comment.id < bindparam("position")),
}
"""By whether the newest come first, and whether there was a page before."""
