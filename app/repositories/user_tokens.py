"""Mailed single-use tokens of people: kept as digests, used up by one statement."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.models import UserToken

KEPT_EXPIRED = timedelta(days=30)
"""How long a token is remembered, to tell that it has been used or has expired."""

UserTokenRow = Row[*tuple[Any, ...]]
"""user_id, email, expires_at, consumed_at."""

COLUMNS = (UserToken.user_id, UserToken.email, UserToken.expires_at, UserToken.consumed_at)


async def add_user_token(
    session: AsyncSession,
    *,
    token_id: UUID,
    user_id: UUID,
    purpose: str,
    token_hash: bytes,
    email: str,
    expires_at: datetime,
) -> None:
    """Keep a token; those of the same purpose that the person had before are dead.

    Lock the person's row first, or two at once may both live.
    """
    await drop_user_tokens(session, user_id, purpose=purpose)
    session.add(
        UserToken(
            id=token_id,
            user_id=user_id,
            purpose=purpose,
            token_hash=token_hash,
            email=email,
            expires_at=expires_at,
        )
    )
    await session.flush()


async def drop_user_tokens(
    session: AsyncSession, user_id: UUID, *, purpose: str | None = None
) -> None:
    """Kill a person's unused tokens, of one purpose or of all; forget those long gone."""
    unused: ColumnElement[bool] = UserToken.consumed_at.is_(None)
    if purpose is not None:
        unused &= UserToken.purpose == purpose
    long_gone = UserToken.expires_at < now() - KEPT_EXPIRED
    await session.execute(
        delete(UserToken).where(UserToken.user_id == user_id, or_(unused, long_gone))
    )


async def user_token(
    session: AsyncSession, token_hash: bytes, *, purpose: str
) -> UserTokenRow | None:
    """What is known of a token; None for one of another purpose, or none at all."""
    result = await session.execute(
        select(*COLUMNS).where(UserToken.token_hash == token_hash, UserToken.purpose == purpose)
    )
    row: UserTokenRow | None = result.one_or_none()
    return row


async def consume_user_token(
    session: AsyncSession, token_hash: bytes, *, purpose: str
) -> UserTokenRow | None:
    """Use a token up, for one caller only; None for all others, and when it has expired."""
    at = now()
    result = await session.execute(
        update(UserToken)
        .where(
            UserToken.token_hash == token_hash,
            UserToken.purpose == purpose,
            UserToken.consumed_at.is_(None),
            UserToken.expires_at > at,
        )
        .values(consumed_at=at)
        .returning(*COLUMNS)
    )
    row: UserTokenRow | None = result.one_or_none()
    return row
