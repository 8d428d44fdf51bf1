"""Contents, thumbnails and links of the files the team sees; coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.files import handing_out, opening
from app.features.files.documented import CONTENT_ANSWER, THUMBNAIL_ANSWER
from app.features.files.failures import FileNotAvailable
from app.features.files.paths import FileId, TeamFiles, TeamViewer
from app.features.files.schemas import ContentQuery, FileLinkOut, LinkQuery

router = api_router("/v1/files/{file_id}", "files")


@router.get("/content", response_class=Response, responses=CONTENT_ANSWER)
async def download_file(
    file_id: FileId,
    query: Annotated[ContentQuery, Query()],
    viewer: TeamViewer,
    request: Request,
) -> Response:
    """A file's content, whole or the part that `Range` asks for."""
    return await handing_out.download(request, viewer, file_id, query.version)


@router.get("/thumbnail", response_class=Response, responses=THUMBNAIL_ANSWER)
async def get_file_thumbnail(
    file_id: FileId,
    query: Annotated[ContentQuery, Query()],
    viewer: TeamViewer,
    request: Request,
) -> Response:
    """A small picture of a picture, some seconds after it was uploaded."""
    return await handing_out.thumbnail(request, viewer, file_id, query.version)


@router.get("/link", responses=problems(FileNotAvailable))
async def get_file_link(
    file_id: FileId,
    query: Annotated[LinkQuery, Query()],
    files: TeamFiles,
    viewer: TeamViewer,
) -> FileLinkOut:
    """An address that works without signing in for some minutes: for browsers and players."""
    return await opening.make_link(files, file_id, query, viewer)
