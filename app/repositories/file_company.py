"""In whose company a file is seen: comments on it are said to one contact each."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Enrollment, File, FileAttachment, FileShare
from app.repositories.file_sight import IN_PROGRAM, IS_SHOWN, files_with

SEEN_TOGETHER = select(
    exists().where(
        File.workspace_id == bindparam("workspace_id", type_=Uuid()),
        File.id == bindparam("file_id", type_=Uuid()),
        IS_SHOWN,
        File.id.in_(files_with(bindparam("contact_id", type_=Uuid()))),
    )
)


async def seen_together(session: AsyncSession, file: File, contact_id: UUID) -> bool:
    """Whether both the team and this contact see the file."""
    values = {
        "workspace_id": file.workspace_id,
        "file_id": file.id,
        "contact_id": contact_id,
    }
    return bool(await session.scalar(SEEN_TOGETHER, values))


async def is_contact(session: AsyncSession, workspace_id: UUID, contact_id: UUID) -> bool:
    """Whether the practice has this contact."""
    statement = select(
        exists().where(Contact.workspace_id == workspace_id, Contact.id == contact_id)
    )
    return bool(await session.scalar(statement))


async def company_of(session: AsyncSession, file: File, *, most: int) -> Sequence[UUID]:
    """Some of the contacts a file of the team's is shown to."""
    shared = (FileShare.workspace_id == file.workspace_id, FileShare.file_id == file.id)
    directly = select(FileShare.contact_id).where(*shared, FileShare.contact_id.is_not(None))
    by_program = (
        select(Enrollment.contact_id)
        .join(
            FileShare,
            (FileShare.workspace_id == Enrollment.workspace_id)
            & (FileShare.program_id == Enrollment.program_id),
        )
        .where(*shared, Enrollment.status.in_(IN_PROGRAM))
    )
    attached = select(FileAttachment.contact_id).where(
        FileAttachment.workspace_id == file.workspace_id,
        FileAttachment.file_id == file.id,
        FileAttachment.shared,
    )
    found = await session.scalars(union(directly, by_program, attached).limit(most))
    return [contact_id for contact_id in found if contact_id]
