"""From the last byte of an upload to a file that can be seen: scanned, announced, reduced."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import Actor, publish
from app.core.file_types import BY_MEDIA_TYPE
from app.core.jobs import enqueue
from app.features.files import jobs
from app.features.files.announcing import announce
from app.features.files.events import FileRefused, FileUploaded, about
from app.models import File, FileVersion
from app.repositories.file_shares import ShareRepository
from app.repositories.file_uploads import UploadRepository


async def arrive(
    session: AsyncSession, file: File, version: FileVersion, actor: Actor, *, scan: bool
) -> None:
    """Give a version that is whole its number; with `scan` it waits for the virus scanner."""
    file.latest_number += 1
    version.number = file.latest_number
    if not scan:
        await make_available(session, file, version, actor)
        return
    version.state = "scanning"
    if not file.current_number:
        file.state = "scanning"
    await session.flush()
    await enqueue(session, jobs.scan(version, actor))


async def make_available(
    session: AsyncSession, file: File, version: FileVersion, actor: Actor
) -> None:
    """Let the version be downloaded, as the current one unless a newer one is there already."""
    number = version.number or 0
    version.state = file.state = "available"
    file.current_number = max(file.current_number, number)
    await session.flush()
    if await _concerns_the_team(session, file):
        await publish(session, FileUploaded(**about(file, actor), number=number))
    await announce(session, file, actor)
    if BY_MEDIA_TYPE[version.media_type].picture:
        await enqueue(session, jobs.thumbnail(version))


async def refuse(
    session: AsyncSession,
    file: File,
    version: FileVersion,
    *,
    state: str,
    refusal: str,
    actor: Actor,
) -> None:
    """Keep the version from everybody: `state` is infected or rejected, `refusal` tells why."""
    version.state, version.refusal = state, refusal
    if not file.current_number:
        file.state = state
    await session.flush()
    await UploadRepository(session, file.workspace_id).release(version.size)
    await enqueue(session, jobs.purge(file.workspace_id, [version.storage_key]))
    if await _concerns_the_team(session, file):
        event = FileRefused(**about(file, actor), number=version.number or 0, state=state)
        await publish(session, event)


async def _concerns_the_team(session: AsyncSession, file: File) -> bool:
    """What a client keeps to themselves leaves no trace in the practice's log."""
    shares = ShareRepository(session, file.workspace_id)
    return file.side == "member" or await shares.is_shared(file.id)
