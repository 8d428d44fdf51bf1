"""What strangers ask for, and lists show, of files."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import Comment, Contact, File, FileShare, FileVersion
from tests.file_samples import PDF
from tests.make import Make, Person

NAMED = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"

FILE_BODIES: dict[str, dict[str, Any]] = {
    "change_file": {"name": "Ours now"},
    "change_portal_file": {"name": "Ours now"},
    "share_file": {"contact_id": NAMED},
    "unshare_file": {"contact_id": NAMED},
    "add_file_comment": {"body": "Seen"},
    "add_portal_file_comment": {"body": "Seen"},
}

FILE_UPLOADS = {
    "upload_file": PDF,
    "upload_portal_file": PDF,
    "upload_file_version": PDF,
    "upload_portal_file_version": PDF,
}


async def file(make: Make, owner: Person) -> UUID:
    """The team's own, shared with nobody."""
    async with make.runtime.database.writing(owner.workspace_id) as session:
        row = _available(owner.workspace_id, "Plan.pdf")
        session.add(row)
        await session.flush()
        session.add(_version(row, 1))
        return row.id


async def files(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """Of the team's; where a client reads them, each is shown to them."""
    for number in numbers:
        file = _available(reader.workspace_id, f"Plan {number}.pdf")
        session.add(file)
        await session.flush()
        session.add(_version(file, 1))
        if reader.contact_id:
            session.add(_share(file, reader.contact_id))


async def versions(
    session: AsyncSession, reader: Person, file_id: UUID | None, numbers: range
) -> None:
    """Of one file, which is the reader's own."""
    file = await session.get_one(File, (reader.workspace_id, file_id))
    if reader.contact_id:
        file.side, file.contact_id, file.author_id = "client", reader.contact_id, None
    for number in numbers:
        session.add(_version(file, number + 2))
        file.latest_number = file.current_number = number + 2


async def shares(
    session: AsyncSession, reader: Person, file_id: UUID | None, numbers: range
) -> None:
    """With a contact each."""
    file = await session.get_one(File, (reader.workspace_id, file_id))
    for number in numbers:
        contact = Contact(workspace_id=reader.workspace_id, first_name=f"Ada {number}")
        session.add(contact)
        await session.flush()
        session.add(_share(file, contact.id))


async def comments(
    session: AsyncSession, reader: Person, file_id: UUID | None, numbers: range
) -> None:
    """By the other side, unread; where a client reads them, the file is shown to them."""
    if 0 in numbers:
        file = await session.get_one(File, (reader.workspace_id, file_id))
        session.add(_share(file, reader.contact_id or await _contact(session, reader)))
        await session.flush()
    shown = select(FileShare.contact_id).where(FileShare.file_id == file_id)
    for _ in numbers:
        session.add(
            Comment(
                workspace_id=reader.workspace_id,
                contact_id=await session.scalar(shown),
                subject_kind="file",
                subject_id=file_id,
                side="member" if reader.contact_id else "client",
                body="Hear, hear",
                body_html="<p>Hear, hear</p>",
            )
        )


async def _contact(session: AsyncSession, reader: Person) -> UUID:
    contact = Contact(workspace_id=reader.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact.id


def _available(workspace_id: UUID, name: str) -> File:
    numbers = {"current_number": 1, "latest_number": 1}
    return File(workspace_id=workspace_id, side="member", name=name, state="available", **numbers)


def _version(file: File, number: int) -> FileVersion:
    return FileVersion(
        workspace_id=file.workspace_id,
        file_id=file.id,
        number=number,
        state="available",
        storage_key=new_id().hex,
        thumbnail_key=new_id().hex,
        media_type="image/png",
        size=1,
        sha256="0" * 64,
    )


def _share(file: File, contact_id: UUID) -> FileShare:
    return FileShare(workspace_id=file.workspace_id, file_id=file.id, contact_id=contact_id)


FILE_CROWDS = {
    "list_files": files,
    "list_portal_files": files,
    "list_file_versions": versions,
    "list_portal_file_versions": versions,
    "list_file_shares": shares,
    "list_file_comments": comments,
    "list_portal_file_comments": comments,
}
"""By operationId."""
