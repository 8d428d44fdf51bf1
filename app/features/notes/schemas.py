"""Notes as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.access.attachments import AttachedFileOut, FileIds
from app.access.authors import AuthorOut
from app.core.fields import UNCHANGED, In, Line, Out, Text
from app.core.paging import PageQuery
from app.repositories.note_cards import NoteFilter

SideName = Literal["member", "client"]
Title = Annotated[str, Line(200)]
Body = Annotated[str, Text(20_000, min_length=0)]


class PortalNoteIn(In):
    """A new note of the client's. It stays theirs alone unless `share` is true."""

    enrollment_id: UUID | None = None
    appointment_id: UUID | None = None
    title: Title
    body: Body = ""
    """Markdown. HTML in it is shown as it is typed; pictures are left out."""
    file_ids: FileIds = []
    share: bool = False


class NoteIn(PortalNoteIn):
    """A new note about a contact. It stays within the team unless `share` is true."""

    contact_id: UUID


class NoteChanges(In):
    """What to change. What is left out stays; null takes away the enrollment or appointment."""

    enrollment_id: UUID | None = UNCHANGED
    appointment_id: UUID | None = UNCHANGED
    title: Title = UNCHANGED
    body: Body = UNCHANGED
    file_ids: FileIds = UNCHANGED


class PortalNoteQuery(PageQuery):
    """Which notes; newest first. `search` looks into title and body."""

    written_by: SideName | None = None
    shared: bool | None = None
    enrollment_id: UUID | None = None
    appointment_id: UUID | None = None
    search: Annotated[str, Line(100, min_length=0)] | None = None

    def filter(self) -> NoteFilter:
        """The conditions alone."""
        chosen = self.model_dump(exclude={"cursor", "limit", "written_by"})
        return NoteFilter(**chosen, by_side=self.written_by)


class NoteQuery(PortalNoteQuery):
    """Which notes; newest first. `search` looks into title and body."""

    contact_id: UUID | None = None


class NoteOut(Out):
    """A note.

    `shared_at` is null while only its own side sees it, which alone may edit it (`can_edit`).
    `seen_at` is when the other side first read it since then. `comment_count` leaves out
    deleted comments. The other side sees the `attachments` while the note is shared.
    """

    id: UUID
    contact_id: UUID
    enrollment_id: UUID | None
    appointment_id: UUID | None
    author: AuthorOut
    title: str
    body: Annotated[str, Field(description="Markdown, as it was written.")]
    body_html: Annotated[str, Field(description="The same as sanitised HTML, safe to show.")]
    shared_at: datetime | None
    seen_at: datetime | None
    attachments: list[AttachedFileOut]
    comment_count: int
    can_edit: bool
    version: int
    created_at: datetime
    updated_at: datetime
