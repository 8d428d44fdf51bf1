"""Whom files are shown to."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, exists, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import now
from app.core.ids import new_id
from app.models import Contact, Enrollment, FileShare, Program
from app.repositories.base import Repository
from app.repositories.file_sight import IN_PROGRAM

SHARES = (
    select(
        FileShare.id,
        FileShare.contact_id,
        FileShare.program_id,
        FileShare.created_at,
        Program.name.label("program_name"),
        Contact.first_name,
        Contact.last_name,
    )
    .outerjoin(
        Contact,
        (Contact.workspace_id == FileShare.workspace_id) & (Contact.id == FileShare.contact_id),
    )
    .outerjoin(
        Program,
        (Program.workspace_id == FileShare.workspace_id) & (Program.id == FileShare.program_id),
    )
    .where(
        FileShare.workspace_id == bindparam("workspace_id"),
        FileShare.file_id == bindparam("file_id"),
    )
    .order_by(FileShare.id)
    .limit(bindparam("row_limit"))
)
LATER_SHARES = SHARES.where(FileShare.id > bindparam("after"))

TOLD_OF = text("""
SELECT id FROM events
WHERE workspace_id = :workspace_id AND type = 'file.shared' AND subject_id = :file_id
  AND (cast(:share_id AS text) IS NULL OR data ->> 'share_id' = cast(:share_id AS text))
""")


ShareRow = Row[*tuple[Any, ...]]
"""id, contact_id, program_id, created_at, program_name, first_name, last_name."""


class ShareRepository(Repository[FileShare]):
    """One practice's shares of files."""

    model = FileShare

    async def share(
        self, file_id: UUID, *, contact_id: UUID | None = None, program_id: UUID | None = None
    ) -> FileShare | None:
        """Show the file to a contact or a program's clients; None where it was shown already.

        A contact or program that is not this practice's breaks a foreign key.
        """
        added = (
            insert(FileShare)
            .values(
                workspace_id=self.workspace_id,
                id=new_id(),
                file_id=file_id,
                contact_id=contact_id,
                program_id=program_id,
            )
            .on_conflict_do_nothing()
            .returning(FileShare)
        )
        return await self.session.scalar(added)

    async def unshare(
        self, file_id: UUID, *, contact_id: UUID | None = None, program_id: UUID | None = None
    ) -> UUID | None:
        """Show it to them no longer; the id of the share there was."""
        target = (
            FileShare.contact_id == contact_id
            if contact_id is not None
            else FileShare.program_id == program_id
        )
        removed = delete(FileShare).where(
            FileShare.workspace_id == self.workspace_id, FileShare.file_id == file_id, target
        )
        return await self.session.scalar(removed.returning(FileShare.id))

    async def remove_all(self, file_id: UUID) -> None:
        """Show the file to nobody."""
        await self.session.execute(
            delete(FileShare).where(
                FileShare.workspace_id == self.workspace_id, FileShare.file_id == file_id
            )
        )

    async def copy(self, *, from_program: UUID, to_program: UUID) -> None:
        """Show a program, whose clients are yet to come, all files that another one shows."""
        shown = await self.session.scalars(
            self.query().where(FileShare.program_id == from_program).order_by(FileShare.id)
        )
        for share in shown.all():
            announced_at = share.announced_at
            self.add(
                FileShare(file_id=share.file_id, program_id=to_program, announced_at=announced_at)
            )
        await self.session.flush()

    async def is_shared(self, file_id: UUID) -> bool:
        """Whether the file is shown to anybody."""
        statement = select(
            exists().where(
                FileShare.workspace_id == self.workspace_id, FileShare.file_id == file_id
            )
        )
        return bool(await self.session.scalar(statement))

    async def of_file(self, file_id: UUID, *, after: UUID | None, limit: int) -> Sequence[ShareRow]:
        """Whom a file is shown to, after the share `after`; one more than `limit`."""
        values: dict[str, Any] = {
            "workspace_id": self.workspace_id,
            "file_id": file_id,
            "row_limit": limit + 1,
        }
        statement = SHARES if after is None else LATER_SHARES
        if after is not None:
            values["after"] = after
        rows: Sequence[ShareRow] = (await self.session.execute(statement, values)).all()
        return rows

    async def take_unannounced(self, file_id: UUID) -> Sequence[FileShare]:
        """The shares nobody was told of yet; they count as told from now on."""
        taken = await self.session.scalars(
            update(FileShare)
            .where(
                FileShare.workspace_id == self.workspace_id,
                FileShare.file_id == file_id,
                FileShare.announced_at.is_(None),
            )
            .values(announced_at=now())
            .returning(FileShare)
        )
        return taken.all()

    async def clients_of(self, program_id: UUID, *, file_id: UUID) -> Sequence[UUID]:
        """The contacts who see what a program shows, but for those shown the file by themselves."""
        by_themselves = exists().where(
            FileShare.workspace_id == Enrollment.workspace_id,
            FileShare.file_id == file_id,
            FileShare.contact_id == Enrollment.contact_id,
        )
        found = await self.session.scalars(
            select(Enrollment.contact_id)
            .where(
                Enrollment.workspace_id == self.workspace_id,
                Enrollment.program_id == program_id,
                Enrollment.status.in_(IN_PROGRAM),
                ~by_themselves,
            )
            .distinct()
        )
        return found.all()

    async def told_of(self, file_id: UUID, share_id: UUID | None = None) -> Sequence[UUID]:
        """The events that told of a file's sharing, or of one share of it."""
        values = {
            "workspace_id": self.workspace_id,
            "file_id": file_id,
            "share_id": str(share_id) if share_id else None,
        }
        found = await self.session.scalars(TOLD_OF, values)
        return found.all()
