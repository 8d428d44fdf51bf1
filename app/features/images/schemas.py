"""Pictures as the API gives them."""

from typing import Literal
from uuid import UUID

from app.core.fields import Out


class ImageOut(Out):
    """A picture; anybody who knows the `url` can see it. Sizes in pixels."""

    id: UUID
    url: str
    content_type: Literal["image/png", "image/jpeg", "image/webp"]
    width: int
    height: int
