"""Opening the links that work without signing in."""

from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response

from app.access.runtime import Runtime
from app.core.errors import NotFound
from app.features.files.failures import FileNotAvailable
from app.features.files.handing_out import download, thumbnail
from app.features.files.links import Target, link_to, read_link
from app.features.files.schemas import FileLinkOut, LinkQuery
from app.features.files.viewing import Viewer
from app.repositories.file_cards import FileCard
from app.repositories.files import FileRepository
from app.repositories.places import audience_with


async def make_link(
    files: FileRepository, file_id: UUID, query: LinkQuery, viewer: Viewer
) -> FileLinkOut:
    """An address of the file, at the bucket itself where settings say so.

    Raises NotFound, and FileNotAvailable (409).
    """
    card: FileCard = await files.card(file_id)
    shown = card if query.version is None else await files.version(file_id, query.version)
    if shown.state != "available":
        raise FileNotAvailable(shown.state)
    link = link_to(viewer, file_id, shown.number, lifetime=timedelta(seconds=query.expires_in))
    if not viewer.runtime.settings.storage_presign:
        return link
    url = await viewer.runtime.storage.presigned(
        shown.storage_key, timedelta(seconds=query.expires_in)
    )
    return link if url is None else FileLinkOut(url=url, expires_at=link.expires_at)


async def open_link(request: Request, runtime: Runtime, token: str) -> Response:
    """What a link leads to, if the person it was made for still sees it.

    Raises NotFound, and LinkExpired (410).
    """
    target = read_link(runtime.links, token)
    viewer = await _viewer(runtime, target)
    hand_out = thumbnail if target.thumbnail else download
    return await hand_out(request, viewer, target.file_id, target.number)


async def _viewer(runtime: Runtime, target: Target) -> Viewer:
    async with runtime.database.reading(target.workspace_id) as session:
        audience = await audience_with(
            session,
            user_id=target.user_id,
            workspace_id=target.workspace_id,
            side="client" if target.by_client else "member",
        )
    if audience is None:
        raise NotFound
    return Viewer(runtime, target.user_id, audience)
