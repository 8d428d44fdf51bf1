"""Sessions of signed-in people, and their places in practices. Global: no practice's rows."""

from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import fetch
from app.models import LoginSession, Space

WORKSPACE = bindparam("workspace_id", type_=Uuid())

STANDS = select(
    exists().where(
        LoginSession.id == bindparam("session_id"),
        LoginSession.user_id == bindparam("user_id"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > bindparam("now"),
        or_(
            WORKSPACE.is_(None),
            exists().where(
                and_(
                    Space.user_id == LoginSession.user_id,
                    Space.workspace_id == WORKSPACE,
                    Space.role == bindparam("role"),
                )
            ),
        ),
    )
)


async def session_stands(
    session: AsyncSession,
    *,
    session_id: UUID,
    user_id: UUID,
    workspace_id: UUID | None,
    role: str | None,
) -> bool:
    """Whether a sign-in is neither revoked nor over, and its space is still open to the person."""
    answer = await fetch(
        session,
        STANDS,
        {
            "session_id": session_id,
            "user_id": user_id,
            "workspace_id": workspace_id,
            "role": role,
            "now": now(),
        },
    )
    return bool(answer.scalar())
