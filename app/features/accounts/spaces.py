"""Going from one practice to another with one login."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Caller
from app.access.runtime import Runtime
from app.access.sign_in import SignedInOut, note_visit, signed_in, space_of
from app.core.clock import now
from app.core.errors import NotFound
from app.features.accounts.schemas import SwitchIn
from app.repositories.login_sessions import login_session_by_id
from app.repositories.spaces import SpaceRow, spaces_of
from app.repositories.users import user_by_id


async def switch(
    session: AsyncSession, runtime: Runtime, caller: Caller, body: SwitchIn
) -> SignedInOut:
    """An access token for another of the caller's spaces; NotFound (404) for any other practice.

    The device's refresh token stays as it is, and leads to this space from now on.
    """
    spaces = await spaces_of(session, caller.user_id)
    row = _chosen(spaces, body)
    sign_in = await login_session_by_id(session, caller.session_id)
    sign_in.workspace_id, sign_in.side, sign_in.last_used_at = row.workspace_id, row.side, now()
    await session.flush()
    user = await user_by_id(session, caller.user_id)
    space = space_of(row)
    await note_visit(session, runtime, space)
    there = Caller(user_id=user.id, session_id=caller.session_id, space=space)
    return signed_in(runtime, there, user=user, spaces=spaces, refresh_token=None)


def _chosen(spaces: Sequence[SpaceRow], body: SwitchIn) -> SpaceRow:
    """The team's side, for who is on both and doesn't say."""
    for row in sorted(spaces, key=lambda row: row.side == "client"):
        if row.workspace_id == body.workspace_id and body.role in {None, row.role}:
            return row
    raise NotFound
