"""Pictures for everybody: portals and e-mails show them to people who are not signed in."""

from uuid import UUID

from fastapi import Request, Response

from app.access.runtime import RuntimeInApp
from app.core.picture_bodies import PICTURE_ANSWER
from app.core.strict_route import api_router
from app.features.images import service

router = api_router("/v1/public/images", "images")


@router.get("/{workspace_id}/{image_id}", response_class=Response, responses=PICTURE_ANSWER)
async def get_image(
    request: Request, workspace_id: UUID, image_id: UUID, runtime: RuntimeInApp
) -> Response:
    """A picture; it never changes under its address."""
    return await service.show_image(request, runtime, workspace_id=workspace_id, image_id=image_id)
