"""The files a caller sees, the one a path names, and the way uploads come in."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.access.audience import audience_of
from app.access.callers import CurrentClient, requires
from app.access.late_session import LateWork
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.throttle_policy import Policy
from app.features.files.failures import NotYourFile
from app.features.files.taking_in import Reception
from app.features.files.viewing import Viewer
from app.models import File
from app.repositories.files import FileRepository

UPLOADS = Policy(name="file-uploads", limit=600, per_seconds=3600)
"""By person: each upload may be as large as the largest file."""

FileId = Annotated[UUID, Path(alias="file_id")]
Reader = Annotated[Principal, Depends(requires(Permission.FILES_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.FILES_WRITE))]


async def team_files(reader: Reader, session: TenantSession) -> FileRepository:
    """The files the team sees."""
    return FileRepository(session, audience_of(reader))


async def client_files(client: CurrentClient, session: TenantSession) -> FileRepository:
    """The files the calling client sees."""
    return FileRepository(session, audience_of(client))


async def team_viewer(reader: Reader, runtime: RuntimeInApp) -> Viewer:
    """The calling member of the team."""
    return Viewer.of(runtime, reader)


async def client_viewer(client: CurrentClient, runtime: RuntimeInApp) -> Viewer:
    """The calling client."""
    return Viewer.of(runtime, client)


TeamFiles = Annotated[FileRepository, Depends(team_files)]
ClientFiles = Annotated[FileRepository, Depends(client_files)]
TeamViewer = Annotated[Viewer, Depends(team_viewer)]
ClientViewer = Annotated[Viewer, Depends(client_viewer)]


async def team_file(_: Writer, files: TeamFiles, file_id: FileId) -> File:
    """The team's file the path names, locked."""
    return await own_file(files, file_id)


async def client_file(files: ClientFiles, file_id: FileId) -> File:
    """The client's own file the path names, locked."""
    return await own_file(files, file_id)


async def own_file(files: FileRepository, file_id: UUID) -> File:
    """A file of the caller's side, to be changed. Raises NotFound, and NotYourFile (403)."""
    file = await files.require(file_id, lock=True)
    if file.side != files.audience.side:
        raise NotYourFile
    return file


async def any_file(_: Writer, files: TeamFiles, file_id: FileId) -> File:
    """A file the team sees, its own or a client's, locked: the space it takes is the team's."""
    return await files.require(file_id, lock=True)


TeamFileInPath = Annotated[File, Depends(team_file)]
ClientFileInPath = Annotated[File, Depends(client_file)]
AnyFileInPath = Annotated[File, Depends(any_file)]


async def team_reception(
    request: Request, writer: Writer, runtime: RuntimeInApp, work: LateWork
) -> Reception:
    """For an upload of the team's; refused beyond the rate limit."""
    return await _reception(request, writer, runtime, work)


async def client_reception(
    request: Request, client: CurrentClient, runtime: RuntimeInApp, work: LateWork
) -> Reception:
    """For an upload of a client's; refused beyond the rate limit."""
    return await _reception(request, client, runtime, work)


async def _reception(
    request: Request, principal: Principal, runtime: RuntimeInApp, work: LateWork
) -> Reception:
    await runtime.throttle.hit(str(principal.id), UPLOADS, request=request)
    return Reception(
        request=request,
        runtime=runtime,
        principal=principal,
        audience=audience_of(principal),
        work=work,
    )


TeamReception = Annotated[Reception, Depends(team_reception)]
ClientReception = Annotated[Reception, Depends(client_reception)]
