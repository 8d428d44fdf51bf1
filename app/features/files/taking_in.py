"""From an upload's first byte to its last: streamed to the store, looked into, made the file's."""

from dataclasses import dataclass
from functools import partial

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.late_session import LateUnitOfWork
from app.access.principal import Principal
from app.access.runtime import Runtime
from app.core.file_intake import FileIntake, Pixels
from app.core.file_names import disposition, split_extension
from app.features.files.arrival import arrive
from app.features.files.failures import FileHandedIn, FileTooLarge, StorageFull
from app.models import File, FileVersion
from app.repositories.audiences import Audience
from app.repositories.file_cards import FileCard
from app.repositories.file_uploads import UploadRepository
from app.repositories.files import FileRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What an upload is taken in with."""

    request: Request
    runtime: Runtime
    principal: Principal
    audience: Audience
    work: LateUnitOfWork


async def take_in(here: Reception, intake: FileIntake, version: FileVersion) -> FileCard:
    """Store the content of a pending version and make it the file's; undone if any of it fails.

    No connection is held while the content arrives.
    """
    here.work.undo_with(partial(_forget, here, version))
    pixels = await _store(here, intake, version)
    session = await here.work.begin([intake.name, intake.sha256])
    await _make_the_files(here, session, intake, pixels, version)
    return await FileRepository(session, here.audience).card(version.file_id)


async def _store(here: Reception, intake: FileIntake, version: FileVersion) -> Pixels:
    limit, storage = here.runtime.settings.file_size_limit, here.runtime.storage
    await storage.put(
        version.storage_key,
        intake.chunks(limit=limit, too_large=partial(FileTooLarge, limit)),
        media_type=intake.kind.media_type,
        disposition=disposition(intake.name, inline=intake.kind.inline),
    )
    return await intake.inspect(storage.open(version.storage_key, intake.size))


async def _make_the_files(
    here: Reception,
    session: AsyncSession,
    intake: FileIntake,
    pixels: Pixels,
    pending: FileVersion,
) -> None:
    uploads = UploadRepository(session, here.audience.workspace_id)
    file, version = await uploads.waiting(pending.id, state="pending")
    if file.current_number and await FileRepository(session, here.audience).is_handed_in(file.id):
        raise FileHandedIn  # while it was coming in
    if not await uploads.reserve(intake.size, quota=here.runtime.settings.file_quota):
        raise StorageFull
    version.media_type, version.size = intake.kind.media_type, intake.size
    version.sha256 = intake.sha256
    version.width, version.height = pixels.width, pixels.height
    _adopt_extension(file, intake)
    scan = here.runtime.settings.clamd_url is not None
    await arrive(session, file, version, here.principal.actor, scan=scan)


def _adopt_extension(file: File, intake: FileIntake) -> None:
    """A newer version may be of another kind; the name has to say so."""
    stem, _ = split_extension(file.name)
    _, extension = split_extension(intake.name)
    file.name = f"{stem}.{extension}"


async def _forget(here: Reception, version: FileVersion) -> None:
    await here.runtime.storage.delete([version.storage_key])
    async with here.runtime.database.writing(here.audience.workspace_id) as session:
        await UploadRepository(session, here.audience.workspace_id).discard(version.id)
