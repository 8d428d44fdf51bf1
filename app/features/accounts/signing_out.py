"""Signing out: this device, another one, or all of them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Caller
from app.access.runtime import Runtime
from app.core.db import after_commit
from app.core.errors import NotFound, Unauthorized
from app.core.paging import Page, PageQuery, cut_page, decode_cursor
from app.core.tokens import digest
from app.features.accounts.presented import Presented
from app.features.accounts.refreshing import InvalidRefreshToken
from app.features.accounts.schemas import SessionOut
from app.models import HOUSE
from app.repositories.login_sessions import (
    end_login_session,
    end_login_sessions,
    login_sessions_of,
    refresh_token_row,
)

NEWEST_FIRST = "-created_at"


async def sign_out(runtime: Runtime, presented: Presented, bearer: str | None) -> None:
    """Sign the device out that a refresh token belongs to, or else the access token.

    An access token need not be valid any more if there is a refresh token. Signing out twice is
    fine. Raises Unauthorized (401) for who presents nothing that was ever given out.
    """
    session_id, user_id = await _device_of(runtime, presented.refresh_token, bearer)
    async with runtime.database.writing(HOUSE) as session:
        await end_login_session(session, session_id, user_id=user_id)
        _forget(session, runtime, user_id)
    presented.device.take_back()


async def _device_of(
    runtime: Runtime, refresh_token: str | None, bearer: str | None
) -> tuple[UUID, UUID]:
    if refresh_token is None:
        if bearer is None:
            raise Unauthorized
        caller = await runtime.doorkeeper.admit(bearer)
        return caller.session_id, caller.user_id
    async with runtime.database.reading() as session:
        row = await refresh_token_row(session, digest(refresh_token))
    if row is None:
        raise InvalidRefreshToken
    return row.session_id, row.user_id


async def list_devices(session: AsyncSession, caller: Caller, query: PageQuery) -> Page[SessionOut]:
    """The caller's signed-in devices, the newest first."""
    after = None
    if query.cursor:
        (after,) = decode_cursor(query.cursor, sort=NEWEST_FIRST, shape=tuple[UUID])
    rows = await login_sessions_of(
        session, caller.user_id, current=caller.session_id, after=after, limit=query.limit
    )
    page = cut_page(rows, limit=query.limit, sort=NEWEST_FIRST, key=lambda row: (row.id,))
    return Page[SessionOut](
        data=[SessionOut.model_validate(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def sign_out_device(
    session: AsyncSession, runtime: Runtime, caller: Caller, session_id: UUID
) -> None:
    """Sign one of the caller's devices out; NotFound when there is none of that id."""
    if not await end_login_session(session, session_id, user_id=caller.user_id):
        raise NotFound
    _forget(session, runtime, caller.user_id)


async def sign_out_others(session: AsyncSession, runtime: Runtime, caller: Caller) -> None:
    """Sign all of the caller's devices out but the one that asks."""
    await end_login_sessions(session, caller.user_id, keep=caller.session_id)
    _forget(session, runtime, caller.user_id)


async def sign_out_everywhere(session: AsyncSession, runtime: Runtime, user_id: UUID) -> None:
    """Sign all of a person's devices out."""
    await end_login_sessions(session, user_id)
    _forget(session, runtime, user_id)


def _forget(session: AsyncSession, runtime: Runtime, user_id: UUID) -> None:
    after_commit(session, lambda: runtime.doorkeeper.forget(user_id))
