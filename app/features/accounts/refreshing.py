"""Staying signed in: each refresh token is good for one exchange."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.principal import Caller, Space
from app.access.runtime import Runtime
from app.access.sign_in import (
    REFRESH_LIFETIME,
    REFRESH_PREFIX,
    SignedInOut,
    first_space,
    note_visit,
    signed_in,
    space_of,
)
from app.core.clock import now
from app.core.db import after_commit
from app.core.errors import AppError, Conflict, Unauthorized
from app.core.tokens import digest, new_secret
from app.features.accounts.presented import Presented
from app.models import HOUSE, LoginSession
from app.repositories.login_sessions import (
    add_refresh_token,
    end_login_session,
    login_session_by_id,
    refresh_token_row,
    spend_refresh_token,
)
from app.repositories.spaces import SpaceRow, spaces_of
from app.repositories.users import user_by_id

log = structlog.get_logger(__name__)

GRACE = timedelta(seconds=10)
"""How long a second use passes for two tabs of one browser, and not for a thief."""

SESSION_LIFETIME = timedelta(days=180)
"""However busy a device is, its person proves who they are twice a year."""


class InvalidRefreshToken(Unauthorized):
    """The refresh token is unknown, expired, or of a session that has ended."""

    code, title = "invalid_refresh_token", "Sign in again"


class RefreshTokenReused(Unauthorized):
    """The refresh token had been used before: the session has been ended, as someone stole it."""

    code, title = "refresh_token_reused", "Sign in again"


class RefreshInProgress(Conflict):
    """The token was used within the last ten seconds; use the answer to that request."""

    code, title = "refresh_in_progress", "Another request has just refreshed this session"


async def refresh(runtime: Runtime, presented: Presented) -> SignedInOut:
    """Exchange a refresh token for a new pair of tokens, once (RFC 9700 4.14.2).

    A second use answers RefreshInProgress (409) for ten seconds, and never a second pair; later
    it ends the session, because either use was a thief's.
    """
    if presented.refresh_token is None:
        raise InvalidRefreshToken
    token_hash = digest(presented.refresh_token)
    async with runtime.database.writing(HOUSE) as session:
        session_id = await spend_refresh_token(session, token_hash)
        if session_id is not None:
            return await _renewed(session, runtime, session_id, presented.device)
        refusal = await _refusal(session, runtime, token_hash)
    raise refusal  # out here, so that what was done about a thief is committed


async def _renewed(
    session: AsyncSession, runtime: Runtime, session_id: UUID, device: Device
) -> SignedInOut:
    sign_in = await login_session_by_id(session, session_id)
    user = await user_by_id(session, sign_in.user_id)
    spaces = await spaces_of(session, user.id)
    space = _same_space(sign_in, spaces) or first_space(spaces)
    _move_on(sign_in, space, device)
    refresh_token = new_secret(REFRESH_PREFIX)
    await add_refresh_token(session, sign_in, token_hash=digest(refresh_token))
    await session.flush()
    await note_visit(session, runtime, space)
    caller = Caller(user_id=user.id, session_id=session_id, space=space)
    return signed_in(
        runtime, caller, user=user, spaces=spaces, refresh_token=device.hand_over(refresh_token)
    )


def _same_space(sign_in: LoginSession, spaces: Sequence[SpaceRow]) -> Space | None:
    """The space the device was in, if it is still open to the person."""
    for row in spaces:
        if (row.workspace_id, row.side) == (sign_in.workspace_id, sign_in.side):
            return space_of(row)
    return None


def _move_on(sign_in: LoginSession, space: Space | None, device: Device) -> None:
    sign_in.workspace_id = space.workspace_id if space else None
    sign_in.side = space.side if space else None
    sign_in.ip, sign_in.user_agent = device.ip, device.user_agent
    sign_in.last_used_at = now()
    sign_in.expires_at = min(
        sign_in.last_used_at + REFRESH_LIFETIME, sign_in.created_at + SESSION_LIFETIME
    )


async def _refusal(session: AsyncSession, runtime: Runtime, token_hash: bytes) -> AppError:
    """Why the token was not accepted; ends the session of one that was used twice."""
    row = await refresh_token_row(session, token_hash)
    if row is None or not row.live or row.used_at is None:
        return InvalidRefreshToken()
    if now() - row.used_at <= GRACE:
        return RefreshInProgress()
    await end_login_session(session, row.session_id, user_id=row.user_id)
    after_commit(session, lambda: runtime.doorkeeper.forget(row.user_id))
    log.warning("refresh token used twice", session_id=str(row.session_id))
    return RefreshTokenReused()
