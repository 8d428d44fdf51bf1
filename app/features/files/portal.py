"""The client's own files, and those that the team shows them."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.callers import CurrentClient
from app.core.etags import IfMatch, check_version
from app.core.file_names import FileNameMissing
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.files import changing, listing, receiving, sharing
from app.features.files.answers import tagged, tagged_or_known
from app.features.files.documented import FILE_BODY, UPLOAD_REFUSALS
from app.features.files.failures import (
    FileHandedIn,
    FileInUse,
    FileNotAvailable,
    NotYourFile,
    TooManyVersions,
)
from app.features.files.paths import (
    ClientFileInPath,
    ClientFiles,
    ClientReception,
    ClientViewer,
    FileId,
)
from app.features.files.schemas import (
    FileChanges,
    FileOut,
    FileVersionOut,
    PortalFileQuery,
    PortalUpload,
    ShareIn,
    VersionUpload,
)

router = api_router("/v1/portal/files", "files")


@router.post("", status_code=201, openapi_extra=FILE_BODY, responses=problems(*UPLOAD_REFUSALS))
async def upload_portal_file(
    reception: ClientReception,
    query: Annotated[PortalUpload, Query()],
    viewer: ClientViewer,
    response: Response,
) -> FileOut:
    """Keep a file, and show it to the coach, who is told; with `share=false` it stays private."""
    card = await receiving.receive_file(reception, query)
    response.headers["Location"] = f"/v1/portal/files/{card.id}"
    return tagged(response, card, viewer)


@router.get("")
async def list_portal_files(
    query: Annotated[PortalFileQuery, Query()], files: ClientFiles, viewer: ClientViewer
) -> Page[FileOut]:
    """The client's own files, and those that the team shows them."""
    return await listing.list_files(files, query, viewer)


@router.get("/{file_id}", response_model=FileOut)
async def get_portal_file(
    file_id: FileId,
    files: ClientFiles,
    viewer: ClientViewer,
    request: Request,
    response: Response,
) -> FileOut | Response:
    """One file and its current version."""
    return tagged_or_known(request, response, await files.card(file_id), viewer)


@router.patch("/{file_id}", responses=problems(NotYourFile, FileNameMissing))
async def change_portal_file(
    client: CurrentClient,
    file: ClientFileInPath,
    body: FileChanges,
    files: ClientFiles,
    viewer: ClientViewer,
    response: Response,
    if_match: IfMatch = None,
) -> FileOut:
    """Rename a file of one's own."""
    check_version(file.version, if_match)
    return tagged(response, await changing.rename_file(files, file, body, client), viewer)


@router.delete("/{file_id}", status_code=204, responses=problems(NotYourFile, FileInUse))
async def delete_portal_file(
    client: CurrentClient, file: ClientFileInPath, files: ClientFiles
) -> None:
    """Remove a file of one's own for good, with all its versions."""
    await changing.delete_file(files, file, client)


@router.post(
    "/{file_id}/versions",
    status_code=201,
    openapi_extra=FILE_BODY,
    responses=problems(*UPLOAD_REFUSALS, NotYourFile, FileHandedIn, TooManyVersions),
)
async def upload_portal_file_version(
    file_id: FileId,
    reception: ClientReception,
    query: Annotated[VersionUpload, Query()],
    viewer: ClientViewer,
    response: Response,
) -> FileOut:
    """Replace what a file of one's own holds; the coach sees the current version only."""
    card = await receiving.receive_version(reception, file_id, query)
    return tagged(response, card, viewer)


@router.get("/{file_id}/versions")
async def list_portal_file_versions(
    file_id: FileId, query: Annotated[PageQuery, Query()], files: ClientFiles
) -> Page[FileVersionOut]:
    """A file's versions, newest first; of the team's file the current one."""
    return await listing.list_versions(files, file_id, query)


@router.post("/{file_id}/share", responses=problems(NotYourFile, FileNotAvailable))
async def share_portal_file(
    client: CurrentClient,
    file: ClientFileInPath,
    files: ClientFiles,
    viewer: ClientViewer,
    response: Response,
) -> FileOut:
    """Show a file of one's own to the coach, who is told by e-mail."""
    with_coach = ShareIn(contact_id=file.contact_id)
    return tagged(response, await sharing.share_file(files, file, with_coach, client), viewer)


@router.post("/{file_id}/unshare", responses=problems(NotYourFile))
async def unshare_portal_file(
    client: CurrentClient,
    file: ClientFileInPath,
    files: ClientFiles,
    viewer: ClientViewer,
    response: Response,
) -> FileOut:
    """Keep the file to oneself again: the coach sees it no longer."""
    with_coach = ShareIn(contact_id=file.contact_id)
    return tagged(response, await sharing.unshare_file(files, file, with_coach, client), viewer)
