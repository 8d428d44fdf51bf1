"""Keeping a practice's pictures, showing them to everybody, and letting them go."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.access.images import image_url
from app.access.runtime import Runtime
from app.core.errors import Conflict
from app.core.etags import not_modified
from app.core.ids import new_id
from app.core.pictures import Picture
from app.features.images.schemas import ImageOut
from app.models import Image
from app.repositories.images import ImageRepository

FOREVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""A picture never changes under its id. Portals embed it from other origins; opened by itself,
it can do nothing whatever its bytes."""


class ImageInUse(Conflict):
    """The picture is the practice's logo or somebody's portrait: choose another there first."""

    code, title = "image_in_use", "This picture is in use"


async def keep_image(images: ImageRepository, picture: Picture, runtime: Runtime) -> ImageOut:
    """Keep a picture under a new id."""
    image = Image(
        id=new_id(),
        content_type=picture.media_type,
        content=picture.content,
        etag=picture.digest,
    )
    images.add(image)
    await images.session.flush()
    shown: dict[str, Any] = {
        "id": image.id,
        "url": image_url(runtime, images.workspace_id, image.id),
        "content_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }
    return ImageOut(**shown)


async def delete_image(images: ImageRepository, image_id: UUID) -> None:
    """Remove a picture; raises ImageInUse (409) while it is shown somewhere."""
    image = await images.require(image_id, lock=True)
    if await images.is_shown(image_id):
        raise ImageInUse
    await images.delete(image)


async def show_image(
    request: Request, runtime: Runtime, *, workspace_id: UUID, image_id: UUID
) -> Response:
    """The picture for anybody, or 304 for who has it already; NotFound when there is none."""
    async with runtime.database.reading(workspace_id) as session:
        images = ImageRepository(session, workspace_id)
        tag = f'"{await images.tag(image_id)}"'
        unchanged = not_modified(request, tag)
        if unchanged:
            unchanged.headers.update(FOREVER)
            return unchanged
        image = await images.require(image_id)
    headers = {"ETag": tag, **FOREVER}
    return Response(image.content, media_type=image.content_type, headers=headers)
