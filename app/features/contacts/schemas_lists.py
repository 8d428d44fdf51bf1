"""Lists of contacts: what may be asked for, counts, tags and a contact's timeline."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import JsonValue

from app.core.fields import Filters, Instant, Line, Out
from app.core.paging import Cursor, Limit
from app.features.contacts.schemas import ContactType, PortalStatus, Tag
from app.repositories.contact_filters import ContactFilter

Sort = Literal["name", "-name", "created_at", "-created_at", "last_active_at", "-last_active_at"]


class ContactCountQuery(Filters):
    """Which contacts to count. `search` looks into name, e-mail and company."""

    search: Annotated[str, Line(100, min_length=0)] | None = None
    type: ContactType | None = None
    tag: Tag | None = None
    coach_id: UUID | None = None
    archived: Literal["false", "true", "all"] = "false"
    created_after: Instant | None = None
    created_before: Instant | None = None

    def filter(self) -> ContactFilter:
        """The conditions alone."""
        return ContactFilter(**self.model_dump(exclude={"cursor", "limit", "sort"}))


class ContactQuery(ContactCountQuery):
    """Which contacts, in which order. `search` looks into name, e-mail and company."""

    portal_status: PortalStatus | None = None
    sort: Sort = "-created_at"
    cursor: Cursor | None = None
    limit: Limit = 25


class ContactCounts(Out):
    """How many contacts there are in each portal status, and in all."""

    not_invited: int
    pending: int
    active: int
    disabled: int
    total: int


class TagOut(Out):
    """A tag as it is mostly spelt, and how many unarchived contacts have it."""

    tag: str
    contacts: int


class TagList(Out):
    """The practice's tags, the most used first."""

    data: list[TagOut]


class TimelineActor(Out):
    """Who did it; without a name for the system, and for an account that is gone."""

    kind: Literal["member", "client", "api_key", "system"]
    id: UUID | None
    name: str | None


class TimelineEntry(Out):
    """Something that happened to a contact: `summary` in words, `data` with its details."""

    id: UUID
    type: str
    at: datetime
    actor: TimelineActor
    subject_id: UUID | None
    summary: str
    data: dict[str, JsonValue]
