"""Files as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.core.fields import UNCHANGED, Filters, In, Line, Out
from app.core.paging import PageQuery
from app.repositories.file_cards import FileFilter

SideName = Literal["member", "client"]
State = Literal["scanning", "available", "infected", "rejected"]
GivenName = Annotated[
    str,
    StringConstraints(max_length=500),
    Field(description="The file's name; default: the one in the headers.", examples=["Plan.pdf"]),
]
Sort = Literal["created_at", "-created_at", "name", "-name"]
Seconds = Annotated[int, Field(ge=10, le=3600, description="How long the link works.")]
Number = Annotated[int, Field(ge=1, le=1000, description="Which version; default: the current.")]


class VersionUpload(Filters):
    """The name a new version comes under tells its extension; the file keeps its own name."""

    name: GivenName | None = None


class PortalUpload(VersionUpload):
    """How a client's file is kept: shown to the coach, who is told, unless `share` is false."""

    share: bool = True


class TeamUpload(VersionUpload):
    """How the team's file is kept: within the team, unless it names whom to show it to."""

    contact_id: UUID | None = None
    program_id: UUID | None = None


class FileChanges(In):
    """What to change. The extension stays, whatever the new name says."""

    name: Annotated[str, Line(150)] = UNCHANGED


class ShareIn(In):
    """Whom to show a file to: one contact, or all clients of a program."""

    contact_id: UUID | None = None
    program_id: UUID | None = None

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Refuse both, and neither."""
        if (self.contact_id is None) == (self.program_id is None):
            raise ValueError("name either contact_id or program_id")
        return self


class PortalFileQuery(PageQuery):
    """Which files. `search` looks into the name."""

    uploaded_by: SideName | None = None
    state: State | None = None
    search: Annotated[str, Line(100, min_length=0)] | None = None
    sort: Sort = "-created_at"

    def filter(self) -> FileFilter:
        """The conditions alone."""
        chosen = self.model_dump(exclude={"cursor", "limit", "sort", "uploaded_by"})
        return FileFilter(**chosen, side=self.uploaded_by)


class FileQuery(PortalFileQuery):
    """Which files. `contact_id`: that client's own, and those shown to them."""

    contact_id: UUID | None = None
    program_id: UUID | None = None


class LinkQuery(Filters):
    """What kind of link."""

    expires_in: Seconds = 300
    version: Number | None = None


class ContentQuery(Filters):
    """Which version to download."""

    version: Number | None = None


class UploadedBy(Out):
    """A member of the team, or a client. Integrations have no name."""

    side: SideName
    member_id: UUID | None
    name: str | None


class FileOut(Out):
    """A file, and its current version; one that waits for its scan is told by its `state`.

    `contact_id` is the client whose file it is, null for the team's. `shared`: the other side,
    or someone of it, sees it. Sizes in bytes, `width` and `height` in pixels. `thumbnail_url`
    works without signing in, for an hour or two; null while there is none.
    """

    id: UUID
    name: str
    state: State
    refusal: str | None
    media_type: str
    size_bytes: int
    sha256: str
    width: int | None
    height: int | None
    version_number: int
    version_count: int
    uploaded_by: UploadedBy
    contact_id: UUID | None
    shared: bool
    can_edit: bool
    thumbnail_url: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class FileVersionOut(Out):
    """What a file held from one upload to the next."""

    number: int
    state: State
    refusal: str | None
    media_type: str
    size_bytes: int
    sha256: str
    width: int | None
    height: int | None
    created_at: datetime


class FileShareOut(Out):
    """Somebody a file is shown to: one contact, or all clients of a program."""

    id: UUID
    contact_id: UUID | None
    program_id: UUID | None
    name: str
    shared_at: datetime


class FileLinkOut(Out):
    """An address that works without signing in, until it expires."""

    url: str
    expires_at: datetime


class FileUsageOut(Out):
    """The space a practice's files take, all versions counted, and how much there is."""

    used_bytes: int
    quota_bytes: int
    largest_file_bytes: int
