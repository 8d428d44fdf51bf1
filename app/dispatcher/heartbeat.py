"""Signs of life: each worker writes its row every few seconds, `/readyz` reads them."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now

BEAT_EVERY = 5.0
"""Seconds between two beats of a worker."""

GONE_AFTER = timedelta(minutes=2)
"""A worker silent for so long is not coming back: it no longer counts."""

BEAT = text("""
INSERT INTO worker_heartbeats (worker, beat_at, started_at) VALUES (:worker, :now, :started_at)
ON CONFLICT (worker) DO UPDATE SET beat_at = excluded.beat_at
""")

SIGN_OFF = text("DELETE FROM worker_heartbeats WHERE worker = :worker")

OLDEST = text("SELECT min(beat_at) FROM worker_heartbeats WHERE beat_at > :gone")

LATEST = text("SELECT max(beat_at) FROM worker_heartbeats")


async def beat(session: AsyncSession, worker: str, *, started_at: datetime) -> None:
    """Say that this worker is alive."""
    await session.execute(BEAT, {"worker": worker, "now": now(), "started_at": started_at})


async def sign_off(session: AsyncSession, worker: str) -> None:
    """Say that this worker stops as it should."""
    await session.execute(SIGN_OFF, {"worker": worker})


async def oldest_heartbeat_age(session: AsyncSession) -> timedelta | None:
    """How long the most silent of the running workers has been silent; None without any.

    One that was killed counts until it has been silent for two minutes.
    """
    at = now()
    oldest: datetime | None = await session.scalar(OLDEST, {"gone": at - GONE_AFTER})
    return at - oldest if oldest else None


async def latest_heartbeat_age(session: AsyncSession) -> timedelta | None:
    """How long no worker at all has given a sign of life; None when there never was one."""
    latest: datetime | None = await session.scalar(LATEST)
    return now() - latest if latest else None
