"""Which contacts: the same conditions for the list, its counts, and "select all"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, func

from app.models import Contact
from app.models.contacts import tag_key

MOST_SEARCH_WORDS = 6
LIKE_SPECIALS = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFilter:
    """What contacts must match, all of it; None means: does not matter.

    `search` finds every one of its words in name, e-mail or company. Case never matters.
    """

    portal_status: str | None = None
    type: str | None = None
    tag: str | None = None
    coach_id: UUID | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    search: str | None = None
    archived: Literal["false", "true", "all"] = "false"

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "portal_status": self.portal_status,
            "type": self.type,
            "tag": [tag_key(self.tag)] if self.tag else None,
            "coach_id": self.coach_id,
            "created_after": self.created_after,
            "created_before": self.created_before,
            **word_patterns(self.search),
        }
        return {name: value for name, value in candidates.items() if value is not None}

    @property
    def shape(self) -> tuple[str, ...]:
        """The names of the conditions in use: filters of one shape share a statement."""
        kept = {"false": ("unarchived",), "true": ("archived",), "all": ()}[self.archived]
        return (*kept, *self.values)


def condition(name: str) -> ColumnElement[bool]:
    """The condition a name in a filter's shape stands for."""
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "unarchived": Contact.archived_at.is_(None),
        "archived": Contact.archived_at.is_not(None),
        "portal_status": Contact.portal_status == value,
        "type": Contact.type == value,
        "tag": Contact.tag_keys.contains(value),
        "coach_id": Contact.coach_id == value,
        "created_after": Contact.created_at >= value,
        "created_before": Contact.created_at < value,
    }
    # lower() of the database, as in search_text: Python's differs for some letters
    return conditions.get(name, Contact.search_text.like(func.lower(value)))


def word_patterns(search: str | None) -> dict[str, str]:
    """A LIKE pattern for each word of a search, under the names of their parameters."""
    words = (search or "").split()[:MOST_SEARCH_WORDS]
    return {f"word_{n}": f"%{word.translate(LIKE_SPECIALS)}%" for n, word in enumerate(words)}
