"""People with an account, and their pictures."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.fields import normalise_email
from app.models import User, UserPhoto


async def user_by_id(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> User:
    """The person; NotFound when the account is gone.

    With `lock`, other writers of the row wait until this transaction ends.
    """
    user = await _user(session, User.id == user_id, lock=lock)
    if user is None:
        raise NotFound
    return user


async def user_with_email(
    session: AsyncSession, email_norm: str, *, lock: bool = False
) -> User | None:
    """The person whose address this is, in its normalised form; `lock` as in `user_by_id`."""
    return await _user(session, User.email_norm == email_norm, lock=lock)


async def _user(session: AsyncSession, which: ColumnElement[bool], *, lock: bool) -> User | None:
    statement = select(User).where(which).execution_options(populate_existing=lock)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await session.scalar(statement)


async def first_user(session: AsyncSession) -> User | None:
    """Who has been here longest; None in an empty database."""
    return await session.scalar(select(User).order_by(User.id).limit(1))


async def add_user(
    session: AsyncSession,
    *,
    email: str,
    name: str,
    password_hash: str | None,
    time_zone: str = "UTC",
    locale: str = "en",
    email_verified_at: datetime | None = None,
) -> User:
    """Add a person. An address somebody has violates `users_email_norm_key`."""
    user = User(
        email=email,
        email_norm=normalise_email(email),
        name=name,
        password_hash=password_hash,
        time_zone=time_zone,
        locale=locale,
        email_verified_at=email_verified_at,
    )
    session.add(user)
    await session.flush()
    return user


async def photo_of(session: AsyncSession, user_id: UUID) -> UserPhoto:
    """The person's picture; NotFound without one."""
    photo = await session.scalar(select(UserPhoto).where(UserPhoto.user_id == user_id))
    if photo is None:
        raise NotFound
    return photo


async def keep_photo(
    session: AsyncSession, user_id: UUID, *, content_type: str, content: bytes
) -> None:
    """Keep a person's picture, in place of the one before."""
    picture = {"content_type": content_type, "content": content}
    await session.execute(
        insert(UserPhoto)
        .values(user_id=user_id, **picture)
        .on_conflict_do_update(index_elements=[UserPhoto.user_id], set_=picture)
    )


async def drop_photo(session: AsyncSession, user_id: UUID) -> None:
    """Remove a person's picture."""
    await session.execute(delete(UserPhoto).where(UserPhoto.user_id == user_id))
