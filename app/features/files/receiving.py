"""Uploads of either side: new files, and new versions of those there are.

The row comes before the first byte, so whatever ends an upload, the sweep knows of its object.
"""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.core.arriving import arriving_file
from app.core.file_intake import FileIntake
from app.core.ids import new_id
from app.core.storage import new_key
from app.features.files.failures import (
    FileHandedIn,
    NotYourFile,
    StorageFull,
    TooManyVersions,
    nobody_there,
)
from app.features.files.schemas import PortalUpload, TeamUpload, VersionUpload
from app.features.files.taking_in import Reception, take_in
from app.models import File, FileShare, FileVersion
from app.repositories.file_cards import FileCard
from app.repositories.file_uploads import UploadRepository
from app.repositories.files import FileRepository

MOST_VERSIONS = 100


async def receive_file(here: Reception, query: PortalUpload | TeamUpload) -> FileCard:
    """Take in a new file, shown to whom the query names.

    Raises what `arriving_file` and `FileIntake` refuse, FileTooLarge and StorageFull (413),
    UnknownContact and UnknownProgram (422).
    """
    arriving = await arriving_file(here.request)
    intake = await FileIntake.begin(query.name or arriving.name or "", arriving.chunks)
    file = File(
        id=new_id(),
        side=here.audience.side,
        contact_id=here.audience.contact_id,
        author_id=here.principal.member_id,
        name=intake.name,
    )
    version = _new_version(here, file.id)
    async with here.runtime.database.writing(here.audience.workspace_id) as session:
        uploads = UploadRepository(session, here.audience.workspace_id)
        await _check_space(here, uploads)
        await _begin(uploads, file, version, list(_shares(here, file, query)))
    return await take_in(here, intake, version)


async def receive_version(here: Reception, file_id: UUID, query: VersionUpload) -> FileCard:
    """Take in what a file of the caller's side holds from now on.

    Raises NotFound, NotYourFile (403), TooManyVersions and FileHandedIn (409), and what
    `receive_file` does.
    """
    file = await _own_file(here, file_id)
    arriving = await arriving_file(here.request)
    given_name = query.name or arriving.name or file.name
    intake = await FileIntake.begin(given_name, arriving.chunks)
    version = _new_version(here, file.id)
    async with here.runtime.database.writing(here.audience.workspace_id) as session:
        uploads = UploadRepository(session, here.audience.workspace_id)
        await _check_space(here, uploads)
        await uploads.begin_version(version)
    return await take_in(here, intake, version)


async def _own_file(here: Reception, file_id: UUID) -> File:
    async with here.runtime.database.reading(here.audience.workspace_id) as session:
        files = FileRepository(session, here.audience)
        file, handed_in = await files.require(file_id), await files.is_handed_in(file_id)
    if file.side != here.audience.side:
        raise NotYourFile
    if file.latest_number >= MOST_VERSIONS:
        raise TooManyVersions
    if handed_in:
        raise FileHandedIn
    return file


def _new_version(here: Reception, file_id: UUID) -> FileVersion:
    return FileVersion(
        id=new_id(),
        file_id=file_id,
        author_id=here.principal.member_id,
        storage_key=new_key(here.audience.workspace_id),
    )


async def _check_space(here: Reception, uploads: UploadRepository) -> None:
    """Refuse at once what can't fit; what is counted exactly is the finished file."""
    length = here.request.headers.get("content-length", "")
    announced = int(length) if length.isdigit() else 0
    if await uploads.usage() + announced > here.runtime.settings.file_quota:
        raise StorageFull


def _shares(here: Reception, file: File, query: PortalUpload | TeamUpload) -> Iterator[FileShare]:
    to_contact = query.contact_id if isinstance(query, TeamUpload) else file.contact_id
    to_program = query.program_id if isinstance(query, TeamUpload) else None
    if isinstance(query, PortalUpload) and not query.share:
        return
    kept = {"workspace_id": here.audience.workspace_id, "id": new_id(), "file_id": file.id}
    if to_contact:
        yield FileShare(**kept, contact_id=to_contact)
    if to_program:
        yield FileShare(**{**kept, "id": new_id()}, program_id=to_program)


async def _begin(
    uploads: UploadRepository, file: File, version: FileVersion, shares: list[FileShare]
) -> None:
    try:
        await uploads.begin(file, version)
        uploads.session.add_all(shares)
        await uploads.session.flush()
    except IntegrityError as error:
        raise nobody_there(error, where="query") from None
