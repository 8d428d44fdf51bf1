"""Files of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import AssignmentTemplateFile, File, FileAttachment, FileVersion
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.file_cards import ONE, FileCard, FileFilter, page_statement
from app.repositories.file_sight import scope_of, seen_by

VERSION_COLUMNS = (
    *("id", "number", "state", "refusal", "media_type", "size", "sha256", "width", "height"),
    *("storage_key", "thumbnail_key", "created_at"),
)

VERSIONS = (
    select(*(FileVersion.__table__.c[name] for name in VERSION_COLUMNS))
    .join(File, (File.workspace_id == FileVersion.workspace_id) & (File.id == FileVersion.file_id))
    .where(
        FileVersion.workspace_id == bindparam("workspace_id"),
        FileVersion.file_id == bindparam("file_id"),
        FileVersion.state != "pending",
        (File.side == bindparam("side")) | (FileVersion.number == File.current_number),
    )
    .order_by(FileVersion.number.desc())
)
"""A file's versions, newest first; the other side sees the current one only."""

EARLIER = VERSIONS.where(FileVersion.number < bindparam("before"))
NUMBERED = VERSIONS.where(FileVersion.number == bindparam("number"))


class FileRepository(Repository[File]):
    """The files an audience sees: its own side's, and what the other side shows to it."""

    model = File

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[File]:
        """A select that starts with what the audience sees."""
        statement: Select[File] = select(File).where(seen_by(self.audience))
        return statement.params(scope_of(self.audience))

    async def card(self, file_id: UUID) -> FileCard:
        """One file; NotFound for what the audience does not see."""
        values = {**scope_of(self.audience), "file_id": file_id}
        result = await self.session.execute(ONE[self.audience.side], values)
        card: FileCard | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self,
        chosen: FileFilter,
        *,
        sort: str,
        descending: bool,
        after: tuple[Any, ...] | None,
        limit: int,
    ) -> Sequence[FileCard]:
        """Files in order, after the position `after`; one more than `limit`, if there are.

        A position is the sort's value and the id, or just the id where that is the order.
        """
        values = chosen.values
        statement = page_statement(
            self.audience.side,
            frozenset(values),
            sort,
            descending=descending,
            continued=after is not None,
        )
        position = {"after_value": after[0], "after_id": after[-1]} if after else {}
        result = await self.session.execute(
            statement,
            {**scope_of(self.audience), **values, **position, "row_limit": limit + 1},
        )
        cards: Sequence[FileCard] = result.all()
        return cards

    async def versions(
        self, file_id: UUID, *, before: int | None, limit: int
    ) -> Sequence[Row[Any]]:
        """A seen file's versions, newest first, before `before`; one more than `limit`."""
        values = {**self._file_scope(file_id), "row_limit": limit + 1}
        statement = VERSIONS if before is None else EARLIER
        if before is not None:
            values["before"] = before
        result = await self.session.execute(statement.limit(bindparam("row_limit")), values)
        return result.all()

    async def version(self, file_id: UUID, number: int) -> Row[Any]:
        """One version of a seen file; NotFound."""
        values = {**self._file_scope(file_id), "number": number}
        found = (await self.session.execute(NUMBERED, values)).one_or_none()
        if found is None:
            raise NotFound
        return found

    async def is_attached(self, file_id: UUID) -> bool:
        """Whether a note, an assignment, a program's template... still holds the file."""
        held = (
            exists().where(holder.workspace_id == self.workspace_id, holder.file_id == file_id)
            for holder in (FileAttachment, AssignmentTemplateFile)
        )
        return bool(await self.session.scalar(select(or_(*held))))

    async def is_handed_in(self, file_id: UUID) -> bool:
        """Whether the file belongs to something a client has handed in."""
        statement = select(
            exists().where(
                FileAttachment.workspace_id == self.workspace_id,
                FileAttachment.file_id == file_id,
                FileAttachment.subject_kind == "submission",
            )
        )
        return bool(await self.session.scalar(statement))

    def _file_scope(self, file_id: UUID) -> dict[str, Any]:
        return {
            "workspace_id": self.workspace_id,
            "file_id": file_id,
            "side": self.audience.side,
        }
