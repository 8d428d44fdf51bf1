"""People's pictures of themselves."""

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.etags import not_modified
from app.core.pictures import Picture
from app.models import User
from app.repositories.users import drop_photo, keep_photo, photo_of

PRIVATE = {"Cache-Control": "private, no-cache"}
"""Browsers may keep it, and ask each time whether it is the same still."""


async def put_photo(session: AsyncSession, user: User, picture: Picture) -> None:
    """Keep a picture, in place of the one before."""
    user.photo_etag = picture.digest
    await keep_photo(session, user.id, content_type=picture.media_type, content=picture.content)


async def photo_response(request: Request, session: AsyncSession, user: User) -> Response:
    """The picture, or 304 for who has it already; NotFound when there is none."""
    if user.photo_etag is None:
        raise NotFound
    tag = f'"{user.photo_etag}"'
    unchanged = not_modified(request, tag)
    if unchanged:
        unchanged.headers.update(PRIVATE)
        return unchanged
    photo = await photo_of(session, user.id)
    return Response(photo.content, media_type=photo.content_type, headers={"ETag": tag, **PRIVATE})


async def remove_photo(session: AsyncSession, user: User) -> None:
    """Remove the picture; there need not be one."""
    user.photo_etag = None
    await drop_photo(session, user.id)
