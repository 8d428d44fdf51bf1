"""The practice's pictures, coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.errors import TooManyRequests
from app.core.http_errors import BodyTooLarge
from app.core.picture_bodies import PICTURE_BODY, PictureInBody
from app.core.pictures import PictureTooLarge, UnsupportedPicture
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.images import service
from app.features.images.schemas import ImageOut
from app.features.images.service import ImageInUse
from app.repositories.images import ImageRepository

router = api_router("/v1/images", "images")

UPLOADS = Policy(name="image-uploads", limit=120, per_seconds=3600)
"""By practice: pictures live in the database."""

Editor = Annotated[Principal, Depends(requires(Permission.PROFILE_WRITE))]


async def limited(request: Request, runtime: RuntimeInApp, editor: Editor) -> None:
    """Refuse a practice that uploads pictures by the hundred."""
    await runtime.throttle.hit(str(editor.workspace_id), UPLOADS, request=request)


async def image_repository(editor: Editor, session: TenantSession) -> ImageRepository:
    """The pictures of the caller's practice."""
    return ImageRepository(session, editor.workspace_id)


Images = Annotated[ImageRepository, Depends(image_repository)]


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(limited)],
    openapi_extra=PICTURE_BODY,
    responses=problems(UnsupportedPicture, BodyTooLarge, PictureTooLarge, TooManyRequests),
)
async def upload_image(
    picture: PictureInBody, images: Images, runtime: RuntimeInApp, response: Response
) -> ImageOut:
    """Keep a PNG, JPEG or WebP picture of at most 1 MiB and 4096 by 4096 pixels.

    The picture itself is the body. Anybody who knows the answer's `url` can see it, including
    what a camera wrote into the file, such as the place it was taken at.
    """
    image = await service.keep_image(images, picture, runtime)
    response.headers["Location"] = image.url
    return image


@router.delete("/{image_id}", status_code=204, responses=problems(ImageInUse))
async def delete_image(image_id: UUID, images: Images) -> None:
    """Remove a picture that is neither the logo nor anybody's portrait."""
    await service.delete_image(images, image_id)
