"""Signed-in devices, and the chain of refresh tokens that keeps each of them signed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import LoginSession, RefreshToken, WorkspaceListing

KEPT_ENDED = timedelta(days=30)
"""How long a device is remembered after it could have been used last."""

KEPT_USED = timedelta(days=7)
"""How long a used refresh token is remembered, to notice that it is used again."""

LoginSessionRow = Row[*tuple[Any, ...]]
"""id, current, workspace_id, workspace_name, side, user_agent, ip, and its three instants."""

RefreshTokenRow = Row[*tuple[Any, ...]]
"""session_id, user_id, used_at, and `live`: whether the token's device is signed in still."""


async def open_login_session(
    session: AsyncSession, device: LoginSession, *, token_hash: bytes
) -> None:
    """Add a signed-in device with the first refresh token of its chain.

    The person's devices that are signed out since long are forgotten.
    """
    mine = LoginSession.user_id == device.user_id
    await session.execute(
        delete(LoginSession).where(mine, LoginSession.expires_at < now() - KEPT_ENDED)
    )
    session.add(device)
    await session.flush()
    await add_refresh_token(session, device, token_hash=token_hash)


async def add_refresh_token(
    session: AsyncSession, device: LoginSession, *, token_hash: bytes
) -> None:
    """Add the next link to a device's chain; it lasts as long as the device may stay away.

    Links used long ago are forgotten, so that a chain has a bounded length.
    """
    mine = RefreshToken.session_id == device.id
    await session.execute(
        delete(RefreshToken).where(mine, RefreshToken.used_at < now() - KEPT_USED)
    )
    await session.execute(
        insert(RefreshToken).values(
            id=new_id(), session_id=device.id, token_hash=token_hash, expires_at=device.expires_at
        )
    )


async def spend_refresh_token(session: AsyncSession, token_hash: bytes) -> UUID | None:
    """Use a token up: the id of its device for one caller only, None for all others."""
    at = now()
    return await session.scalar(
        update(RefreshToken)
        .where(
            RefreshToken.token_hash == token_hash,
            RefreshToken.used_at.is_(None),
            RefreshToken.expires_at > at,
            exists().where(LoginSession.id == RefreshToken.session_id, *_live(at)),
        )
        .values(used_at=at)
        .returning(RefreshToken.session_id)
    )


async def refresh_token_row(session: AsyncSession, token_hash: bytes) -> RefreshTokenRow | None:
    """What is known of a token, used or not; None for one that was never given out."""
    live = LoginSession.revoked_at.is_(None) & (LoginSession.expires_at > now())
    result = await session.execute(
        select(
            RefreshToken.session_id, LoginSession.user_id, RefreshToken.used_at, live.label("live")
        )
        .join(LoginSession, LoginSession.id == RefreshToken.session_id)
        .where(RefreshToken.token_hash == token_hash)
    )
    row: RefreshTokenRow | None = result.one_or_none()
    return row


async def login_session_by_id(session: AsyncSession, session_id: UUID) -> LoginSession:
    """A device that is there, locked until this transaction ends."""
    found = await session.execute(
        select(LoginSession).where(LoginSession.id == session_id).with_for_update(key_share=True)
    )
    return found.scalar_one()


async def login_sessions_of(
    session: AsyncSession, user_id: UUID, *, current: UUID, after: UUID | None, limit: int
) -> Sequence[LoginSessionRow]:
    """A person's signed-in devices, the newest first, after `after`; one more than `limit`."""
    statement = (
        select(
            LoginSession.id,
            (LoginSession.id == current).label("current"),
            LoginSession.workspace_id,
            WorkspaceListing.name.label("workspace_name"),
            LoginSession.side,
            LoginSession.user_agent,
            LoginSession.ip,
            LoginSession.created_at,
            LoginSession.last_used_at,
            LoginSession.expires_at,
        )
        .outerjoin(WorkspaceListing, WorkspaceListing.workspace_id == LoginSession.workspace_id)
        .where(LoginSession.user_id == user_id, *_live(now()))
        .order_by(LoginSession.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(LoginSession.id < after)
    result = await session.execute(statement)
    rows: Sequence[LoginSessionRow] = result.all()
    return rows


async def end_login_session(session: AsyncSession, session_id: UUID, *, user_id: UUID) -> bool:
    """Sign one device of this person's out; False when it is not theirs or not signed in."""
    ended = await _end(session, LoginSession.id == session_id, LoginSession.user_id == user_id)
    return ended > 0


async def end_login_sessions(
    session: AsyncSession, user_id: UUID, *, keep: UUID | None = None
) -> int:
    """Sign all of a person's devices out but `keep`; how many there were."""
    mine = LoginSession.user_id == user_id
    return await _end(session, *([mine] if keep is None else [mine, LoginSession.id != keep]))


async def _end(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    at = now()
    result = await session.execute(
        update(LoginSession)
        .where(*which, *_live(at))
        .values(revoked_at=at)
        .returning(LoginSession.id)
    )
    return len(result.all())


def _live(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return LoginSession.revoked_at.is_(None), LoginSession.expires_at > at
