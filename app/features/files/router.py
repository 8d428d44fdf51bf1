"""The team's files, and those that clients share with it; coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.contacts import UnknownContact, UnknownProgram
from app.core.etags import IfMatch, check_version
from app.core.file_names import FileNameMissing
from app.core.paging import Page, PageQuery
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.files import changing, listing, receiving, sharing, space
from app.features.files.answers import tagged, tagged_or_known
from app.features.files.documented import FILE_BODY, UPLOAD_REFUSALS
from app.features.files.failures import (
    FileInUse,
    FileNotAvailable,
    NotYourFile,
    TooManyVersions,
)
from app.features.files.paths import (
    AnyFileInPath,
    FileId,
    TeamFileInPath,
    TeamFiles,
    TeamReception,
    TeamViewer,
    Writer,
)
from app.features.files.schemas import (
    FileChanges,
    FileOut,
    FileQuery,
    FileShareOut,
    FileUsageOut,
    FileVersionOut,
    ShareIn,
    TeamUpload,
    VersionUpload,
)

router = api_router("/v1/files", "files")


@router.post(
    "",
    status_code=201,
    openapi_extra=FILE_BODY,
    responses=problems(*UPLOAD_REFUSALS, UnknownContact, UnknownProgram),
)
async def upload_file(
    reception: TeamReception,
    query: Annotated[TeamUpload, Query()],
    viewer: TeamViewer,
    response: Response,
) -> FileOut:
    """Keep a file within the team, or show it to a contact or a program's clients at once."""
    card = await receiving.receive_file(reception, query)
    response.headers["Location"] = f"/v1/files/{card.id}"
    return tagged(response, card, viewer)


@router.get("")
async def list_files(
    query: Annotated[FileQuery, Query()], files: TeamFiles, viewer: TeamViewer
) -> Page[FileOut]:
    """The team's own files, and those that clients share with it."""
    return await listing.list_files(files, query, viewer)


@router.get("/usage")
async def get_file_usage(files: TeamFiles, viewer: TeamViewer) -> FileUsageOut:
    """How much of its space the practice has used."""
    return await space.usage(files, viewer.runtime.settings)


@router.get("/{file_id}", response_model=FileOut)
async def get_file(
    file_id: FileId, files: TeamFiles, viewer: TeamViewer, request: Request, response: Response
) -> FileOut | Response:
    """One file and its current version."""
    return tagged_or_known(request, response, await files.card(file_id), viewer)


@router.patch("/{file_id}", responses=problems(NotYourFile, FileNameMissing))
async def change_file(
    writer: Writer,
    file: TeamFileInPath,
    body: FileChanges,
    files: TeamFiles,
    viewer: TeamViewer,
    response: Response,
    if_match: IfMatch = None,
) -> FileOut:
    """Rename a file of the team's."""
    check_version(file.version, if_match)
    return tagged(response, await changing.rename_file(files, file, body, writer), viewer)


@router.delete("/{file_id}", status_code=204, responses=problems(FileInUse))
async def delete_file(writer: Writer, file: AnyFileInPath, files: TeamFiles) -> None:
    """Remove a file, also one that a client shares, for good and with all its versions."""
    await changing.delete_file(files, file, writer)


@router.post(
    "/{file_id}/versions",
    status_code=201,
    openapi_extra=FILE_BODY,
    responses=problems(*UPLOAD_REFUSALS, NotYourFile, TooManyVersions),
)
async def upload_file_version(
    file_id: FileId,
    reception: TeamReception,
    query: Annotated[VersionUpload, Query()],
    viewer: TeamViewer,
    response: Response,
) -> FileOut:
    """Replace what a file of the team's holds; the versions before stay with the team."""
    card = await receiving.receive_version(reception, file_id, query)
    return tagged(response, card, viewer)


@router.get("/{file_id}/versions")
async def list_file_versions(
    file_id: FileId, query: Annotated[PageQuery, Query()], files: TeamFiles
) -> Page[FileVersionOut]:
    """A file's versions, newest first; of a client's file the current one."""
    return await listing.list_versions(files, file_id, query)


@router.get("/{file_id}/shares")
async def list_file_shares(
    file_id: FileId, query: Annotated[PageQuery, Query()], files: TeamFiles
) -> Page[FileShareOut]:
    """Whom a file is shown to."""
    return await listing.list_shares(files, file_id, query)


@router.post(
    "/{file_id}/share",
    responses=problems(NotYourFile, FileNotAvailable, UnknownContact, UnknownProgram),
)
async def share_file(
    writer: Writer,
    file: TeamFileInPath,
    body: ShareIn,
    files: TeamFiles,
    viewer: TeamViewer,
    response: Response,
) -> FileOut:
    """Show a file to a contact, or to a program's clients; they are told by e-mail."""
    return tagged(response, await sharing.share_file(files, file, body, writer), viewer)


@router.post("/{file_id}/unshare", responses=problems(NotYourFile))
async def unshare_file(
    writer: Writer,
    file: TeamFileInPath,
    body: ShareIn,
    files: TeamFiles,
    viewer: TeamViewer,
    response: Response,
) -> FileOut:
    """Show it to them no longer, at once."""
    return tagged(response, await sharing.unshare_file(files, file, body, writer), viewer)
