"""Files as columns, with the version that is shown, and which of them a list has."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    true,
    tuple_,
)

from app.models import CoachProfile, Contact, File, FileShare, FileVersion, Member, User
from app.repositories.audiences import Side
from app.repositories.contact_filters import word_patterns
from app.repositories.file_sight import (
    CLIENT_SEES,
    IS_SHOWN,
    TEAM_SEES,
    WORKSPACE,
    files_with,
)

FILE_FIELDS = (
    "id",
    "side",
    "contact_id",
    "author_id",
    "name",
    "state",
    "current_number",
    "latest_number",
    "sort_name",
    "version",
    "created_at",
    "updated_at",
)
VERSION_FIELDS = (
    "number",
    "refusal",
    "storage_key",
    "thumbnail_key",
    "media_type",
    "size",
    "sha256",
    "width",
    "height",
)

FileCard = Row[*tuple[Any, ...]]
"""FILE_FIELDS, VERSION_FIELDS of the version shown, `author_name`, and whether it is `shared`."""

AUTHOR_NAME = case(
    (File.side == "client", func.rtrim(Contact.first_name + " " + Contact.last_name)),
    else_=func.coalesce(CoachProfile.display_name, User.name),
).label("author_name")

SHOWN_NUMBER = func.coalesce(func.nullif(File.current_number, 0), File.latest_number)

# by itself for each file: joined as a table, PostgreSQL would sort all files for one page
SHOWN = (
    select(*(FileVersion.__table__.c[name] for name in VERSION_FIELDS))
    .where(
        FileVersion.workspace_id == File.workspace_id,
        FileVersion.file_id == File.id,
        FileVersion.number == SHOWN_NUMBER,
    )
    .limit(1)
    .correlate(File)
    .lateral("shown")
)


def _same(joined: type[Any], also: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(joined.workspace_id == File.workspace_id, also)


CARDS = (
    select(
        *(File.__table__.c[name] for name in FILE_FIELDS),
        *(SHOWN.c[name] for name in VERSION_FIELDS),
        AUTHOR_NAME,
        IS_SHOWN.label("shared"),
    )
    .join(SHOWN, true())
    .outerjoin(Contact, _same(Contact, Contact.id == File.contact_id))
    .outerjoin(Member, _same(Member, Member.id == File.author_id))
    .outerjoin(User, User.id == Member.user_id)
    .outerjoin(CoachProfile, _same(CoachProfile, CoachProfile.member_id == File.author_id))
)
SEEN = {"member": CARDS.where(TEAM_SEES), "client": CARDS.where(CLIENT_SEES)}
"""What each side sees, to be narrowed down and ordered."""

ONE = {side: cards.where(File.id == bindparam("file_id")) for side, cards in SEEN.items()}

SORTS: dict[str, Any] = {
    "created_at": File.id,  # a UUIDv7 is sorted by the time it was made
    "name": File.sort_name,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFilter:
    """What files must match, all of it; None means: does not matter.

    `contact_id`: the contact's own, and what is shown to them. `search` finds every one of its
    words in the name; case never matters.
    """

    contact_id: UUID | None = None
    program_id: UUID | None = None
    side: str | None = None
    state: str | None = None
    search: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "with_contact": self.contact_id,
            "program_id": self.program_id,
            "by_side": self.side,
            "in_state": self.state,
            **word_patterns(self.search),
        }
        return {name: value for name, value in candidates.items() if value is not None}


def condition(name: str) -> ColumnElement[bool]:
    """The condition a parameter's name stands for."""
    value: BindParameter[Any] = bindparam(name)
    contact: BindParameter[UUID] = bindparam(name, type_=File.id.type)
    in_program = select(FileShare.file_id).where(
        FileShare.workspace_id == WORKSPACE, FileShare.program_id == value
    )
    conditions: dict[str, ColumnElement[bool]] = {
        "with_contact": File.id.in_(files_with(contact)),
        "program_id": File.id.in_(in_program),
        "by_side": File.side == value,
        "in_state": File.state == value,
    }
    # lower() of the database, as in sort_name: Python's differs for some letters
    return conditions.get(name, File.sort_name.like(func.lower(value)))


@lru_cache(maxsize=512)
def page_statement(
    side: Side, names: frozenset[str], sort: str, *, descending: bool, continued: bool
) -> Select[Any]:
    """A page of what a side sees under the conditions with these parameters."""
    column = SORTS[sort]
    keys = [File.id] if column is File.id else [column, File.id]
    statement = SEEN[side].where(*(condition(name) for name in sorted(names)))
    if continued:
        statement = statement.where(_beyond(keys, descending=descending))
    order = [key.desc() if descending else key.asc() for key in keys]
    return statement.order_by(*order).limit(bindparam("row_limit"))


def _beyond(keys: list[Any], *, descending: bool) -> ColumnElement[bool]:
    there: list[BindParameter[Any]] = [bindparam("after_value"), bindparam("after_id")]
    here, position = tuple_(*keys), tuple_(*there[-len(keys) :])
    return here < position if descending else here > position
