"""Pictures as bodies of requests and answers."""

from typing import Annotated, Any

from fastapi import Depends, Request

from app.core.http_errors import UnsupportedMediaType
from app.core.picture_headers import KINDS
from app.core.pictures import Picture, read_picture

UNTOLD = frozenset({"", "application/octet-stream"})
"""What senders say who leave the kind to us."""

BINARY = {"schema": {"type": "string", "format": "binary"}}
PICTURES = {kind.media_type: BINARY for kind in KINDS}
PICTURE_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        # untold is fine, the bytes tell; and it is what SDK generators know how to send
        "content": {"application/octet-stream": BINARY, **PICTURES},
    }
}
"""For a route's `openapi_extra`, where the body is a picture."""

PICTURE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture", "content": PICTURES}
}
"""For a route's `responses`, where the answer is a picture."""


async def picture_in_body(request: Request) -> Picture:
    """The picture a request brings; which kind it is, is told by its bytes.

    Raises UnsupportedMediaType for forms and JSON (their bytes would be read as such),
    UnsupportedPicture (415) and PictureTooLarge (422).
    """
    announced = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if announced not in UNTOLD and not announced.startswith("image/"):
        raise UnsupportedMediaType("Send the picture itself as the body.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")
    return read_picture(await request.body())


PictureInBody = Annotated[Picture, Depends(picture_in_body)]
