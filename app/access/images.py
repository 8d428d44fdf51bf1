"""A practice's pictures, where other things refer to them: a logo, a portrait."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.runtime import Runtime
from app.core.errors import Invalid
from app.repositories.images import ImageRepository


class UnknownImage(Invalid):
    """The id names no picture of this practice."""

    code, title = "unknown_image", "No such picture"

    def __init__(self, pointer: str) -> None:
        """Point at the member of the body."""
        where = {"in": "body", "pointer": pointer}
        what = {"code": self.code, "detail": "Not a picture of your practice"}
        super().__init__(errors=[{**where, **what}])


async def require_image(
    session: AsyncSession, workspace_id: UUID, image_id: UUID | None, *, pointer: str
) -> None:
    """Refuse an id that is not a picture of this practice; it stays one until the commit.

    None is no reference and passes. `pointer` says which member of the body it came in.
    """
    if image_id is None:
        return
    if not await ImageRepository(session, workspace_id).hold(image_id):
        raise UnknownImage(pointer)


def image_url(runtime: Runtime, workspace_id: UUID, image_id: UUID | None) -> str | None:
    """Where anybody may see the picture; None for none."""
    if image_id is None:
        return None
    return f"{runtime.settings.api_url}/v1/public/images/{workspace_id}/{image_id}"
