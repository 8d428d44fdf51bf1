"""What the engine room forgets, and when; each sweep deletes a bounded number of rows."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.dispatcher.schedule import Sweep

AT_MOST = 10_000
"""Rows a sweep deletes of one table: what is left waits for the next slot."""

IDEMPOTENCY_KEYS = text("""
DELETE FROM idempotency_keys WHERE key IN (
  SELECT key FROM idempotency_keys WHERE created_at < :before ORDER BY created_at LIMIT :at_most)
""")

THROTTLE_BUCKETS = text("""
DELETE FROM throttle_buckets WHERE key IN (
  SELECT key FROM throttle_buckets WHERE arrival < :before LIMIT :at_most
  FOR UPDATE SKIP LOCKED)
  AND arrival < :before
""")

HEARTBEATS = text("""
DELETE FROM worker_heartbeats WHERE worker IN (
  SELECT worker FROM worker_heartbeats WHERE beat_at < :before LIMIT :at_most)
""")

DEAD_JOBS = text("""
DELETE FROM jobs WHERE id IN (
  SELECT id FROM jobs WHERE state = 'dead' AND run_at < :before LIMIT :at_most)
""")

CANCELLED_JOBS = text("""
DELETE FROM jobs WHERE id IN (
  SELECT id FROM jobs WHERE state = 'cancelled' AND run_at < :before LIMIT :at_most)
""")

KEPT_FOR: Mapping[TextClause, timedelta] = {
    IDEMPOTENCY_KEYS: timedelta(hours=24),
    THROTTLE_BUCKETS: timedelta(minutes=1),  # an arrival in the past says nothing any more
    HEARTBEATS: timedelta(hours=1),
    DEAD_JOBS: timedelta(days=30),
    CANCELLED_JOBS: timedelta(days=7),
}


async def forget_old_rows(session: AsyncSession) -> None:
    """Delete what was kept long enough; `run_at` of a dead or cancelled job is when it ended."""
    at = now()
    for statement, kept_for in KEPT_FOR.items():
        await session.execute(statement, {"before": at - kept_for, "at_most": AT_MOST})


RETENTION = Sweep(name="retention", every=timedelta(minutes=10), run=forget_old_rows)
