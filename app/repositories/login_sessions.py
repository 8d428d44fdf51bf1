"""Signed-in devices, and the chain of refresh tokens that keeps each of them signed in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import LoginSession, RefreshToken


async def open_login_session(
    session: AsyncSession, device: LoginSession, *, token_hash: bytes, token_expires_at: datetime
) -> None:
    """Add a signed-in device with the first refresh token of its chain."""
    session.add(device)
    await session.flush()
    await add_refresh_token(session, device.id, token_hash=token_hash, expires_at=token_expires_at)


async def add_refresh_token(
    session: AsyncSession, session_id: UUID, *, token_hash: bytes, expires_at: datetime
) -> None:
    """Add the next link to a device's chain."""
    await session.execute(
        insert(RefreshToken).values(
            id=new_id(), session_id=session_id, token_hash=token_hash, expires_at=expires_at
        )
    )
