"""Files that hang on notes, assignments and the like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import File, FileAttachment, FileVersion
from app.repositories.audiences import Audience
from app.repositories.file_cards import SHOWN_NUMBER
from app.repositories.file_sight import scope_of, seen_by

AttachedRow = Row[*tuple[Any, ...]]
"""subject_id; the file's id, name, state, media_type and size."""

ATTACHABLE = ("scanning", "available")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What files hang on: `kind` as in ATTACHED_TO, in the dealings with one contact."""

    kind: str
    id: UUID
    contact_id: UUID


class AttachmentRepository:
    """Attachments within one practice, made by an audience of files it sees itself."""

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, for this audience."""
        self.session = session
        self.audience = audience

    async def usable(self, file_ids: Sequence[UUID]) -> set[UUID]:
        """Those of these files that the audience may attach; held until the commit.

        Its own side's only: what the other side shows, it can take back, whatever it hangs on.
        """
        statement = (
            select(File.id)
            .where(
                seen_by(self.audience),
                File.side == self.audience.side,
                File.id.in_(file_ids),
                File.state.in_(ATTACHABLE),
            )
            .with_for_update(read=True, of=File)
        )
        return set(await self.session.scalars(statement, scope_of(self.audience)))

    async def replace(self, subject: Subject, file_ids: Sequence[UUID], *, shared: bool) -> None:
        """Let exactly these files hang on the subject, in this order."""
        await self.detach(subject)
        await self.hang({subject: file_ids}, shared=shared)

    async def hang(self, held: Mapping[Subject, Sequence[UUID]], *, shared: bool) -> None:
        """Let files hang on subjects that hold none so far; one statement for all of them."""
        rows = [
            {
                "workspace_id": self.audience.workspace_id,
                "id": new_id(),
                "file_id": file_id,
                "contact_id": subject.contact_id,
                "subject_kind": subject.kind,
                "subject_id": subject.id,
                "position": position,
                "shared": shared,
            }
            for subject, file_ids in held.items()
            for position, file_id in enumerate(file_ids)
        ]
        if rows:
            await self.session.execute(insert(FileAttachment), rows)

    async def show(self, subject: Subject, *, shared: bool) -> None:
        """Let the other side see the subject's files, or not any longer."""
        await self.session.execute(
            update(FileAttachment).where(*self._of(subject)).values(shared=shared)
        )

    async def detach(self, subject: Subject) -> None:
        """Let no file hang on the subject; the files themselves stay."""
        await self.session.execute(delete(FileAttachment).where(*self._of(subject)))

    async def ids_on(self, subject: Subject) -> list[UUID]:
        """The files that hang on the subject, in order."""
        found = await self.session.scalars(
            select(FileAttachment.file_id)
            .where(*self._of(subject))
            .order_by(FileAttachment.position)
        )
        return list(found)

    async def of_subjects(
        self, kind: str, subject_ids: Sequence[UUID]
    ) -> Mapping[UUID, Sequence[AttachedRow]]:
        """What hangs on these subjects, by subject, in order; one statement."""
        statement = (
            select(
                FileAttachment.subject_id,
                File.id,
                File.name,
                File.state,
                FileVersion.media_type,
                FileVersion.size,
            )
            .join(
                File,
                (File.workspace_id == FileAttachment.workspace_id)
                & (File.id == FileAttachment.file_id),
            )
            .join(
                FileVersion,
                (FileVersion.workspace_id == File.workspace_id)
                & (FileVersion.file_id == File.id)
                & (FileVersion.number == SHOWN_NUMBER),
            )
            .where(
                FileAttachment.workspace_id == self.audience.workspace_id,
                FileAttachment.subject_kind == kind,
                FileAttachment.subject_id.in_(subject_ids),
            )
            .order_by(FileAttachment.subject_id, FileAttachment.position)
        )
        found: dict[UUID, list[AttachedRow]] = {}
        rows: Sequence[AttachedRow] = (await self.session.execute(statement)).all()
        for row in rows:
            found.setdefault(row.subject_id, []).append(row)
        return found

    def _of(self, subject: Subject) -> tuple[Any, ...]:
        return (
            FileAttachment.workspace_id == self.audience.workspace_id,
            FileAttachment.subject_kind == subject.kind,
            FileAttachment.subject_id == subject.id,
            FileAttachment.contact_id == subject.contact_id,
        )
