"""Telling those whom a file is shown to, once there is something to see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import Actor, publish
from app.features.files.events import FileShared, about
from app.models import File, FileShare
from app.repositories.file_shares import ShareRepository


async def announce(session: AsyncSession, file: File, actor: Actor) -> None:
    """Record for every contact concerned that they see the file now; each share once."""
    if not file.current_number:
        return
    shares = ShareRepository(session, file.workspace_id)
    for share in await shares.take_unannounced(file.id):
        contact_ids = await _concerned(shares, share)
        await publish(session, *(_shared(file, share, each, actor) for each in contact_ids))


async def _concerned(shares: ShareRepository, share: FileShare) -> Sequence[UUID]:
    if share.contact_id:
        return [share.contact_id]
    if share.program_id:
        return await shares.clients_of(share.program_id, file_id=share.file_id)
    return []


def _shared(file: File, share: FileShare, contact_id: UUID, actor: Actor) -> FileShared:
    return FileShared(
        **about(file, actor, contact_id=contact_id),
        share_id=share.id,
        program_id=share.program_id,
    )
