"""Leases: how a worker comes to hold a job, keeps it and gives it back.

Every statement takes the current time from `app.core.clock`, never from SQL's now(), so that
tests can travel in time and a batch has one instant. A skewed clock may make a lease look
expired early; the fence makes that harmless: whoever claims last counts, the other's end of the
job matches no row.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pydantic_core
from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.dispatcher.failures import LeaseLost
from app.dispatcher.work import ClaimedJob

CLAIM = text("""
WITH heads AS MATERIALIZED (
  SELECT head.id, head.lane, head.run_at, kinds.room,
    row_number() OVER (PARTITION BY kinds.kind ORDER BY head.lane, head.run_at, head.id) AS place
  FROM unnest(cast(:kinds AS text[]), cast(:rooms AS int[])) AS kinds(kind, room)
  CROSS JOIN generate_series(0, 2) AS lanes(lane)
  CROSS JOIN LATERAL (
    SELECT job.id, job.lane, job.run_at
    FROM jobs AS job
    WHERE job.state = 'ready' AND job.kind = kinds.kind AND job.lane = lanes.lane
      AND job.run_at <= :now
      AND (job.order_key IS NULL OR NOT EXISTS (
        SELECT FROM jobs AS earlier
        WHERE earlier.order_key = job.order_key AND earlier.state IN ('ready', 'leased')
          AND earlier.id < job.id))
    ORDER BY job.run_at, job.id
    LIMIT :limit
    FOR UPDATE SKIP LOCKED
  ) AS head
),
due AS MATERIALIZED (
  SELECT id FROM heads WHERE place <= room ORDER BY lane, run_at, id LIMIT :limit
)
UPDATE jobs AS job
SET state = 'leased', fence = job.fence + 1, lease_until = :lease_until, leased_by = :worker
FROM due
WHERE job.id = due.id
RETURNING job.id, job.kind, job.payload::text AS payload, job.lane, job.run_at, job.expires_at,
  job.key, job.order_key, job.attempts, job.max_attempts, job.crashes, job.fence, job.created_at
""")

CLAIM_SUSPECT = text("""
WITH suspect AS MATERIALIZED (
  SELECT id FROM jobs
  WHERE state = 'leased' AND lease_until <= :now
    AND kind = ANY(cast(:kinds AS text[])) AND id <> ALL(cast(:held AS bigint[]))
  ORDER BY lease_until, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
UPDATE jobs AS job
SET fence = job.fence + 1, crashes = job.crashes + 1,
  lease_until = :lease_until, leased_by = :worker
FROM suspect
WHERE job.id = suspect.id
RETURNING job.id, job.kind, job.payload::text AS payload, job.lane, job.run_at, job.expires_at,
  job.key, job.order_key, job.attempts, job.max_attempts, job.crashes, job.fence, job.created_at
""")

HAS_SUSPECT = text("""
SELECT EXISTS (
  SELECT FROM jobs
  WHERE state = 'leased' AND lease_until <= :now
    AND kind = ANY(cast(:kinds AS text[])) AND id <> ALL(cast(:held AS bigint[])))
""")

EXTEND = text("""
WITH held AS MATERIALIZED (
  SELECT job.id
  FROM jobs AS job
  JOIN unnest(cast(:ids AS bigint[]), cast(:fences AS int[])) AS mine(id, fence)
    ON job.id = mine.id AND job.fence = mine.fence
  WHERE job.state = 'leased'
  FOR UPDATE OF job SKIP LOCKED
)
UPDATE jobs AS job SET lease_until = :lease_until FROM held WHERE job.id = held.id
""")

GIVE_BACK = text("""
UPDATE jobs AS job
SET state = 'ready', lease_until = NULL, leased_by = NULL
FROM unnest(cast(:ids AS bigint[]), cast(:fences AS int[])) AS mine(id, fence)
WHERE job.id = mine.id AND job.fence = mine.fence AND job.state = 'leased'
""")

TAKE_OFF = text("""
DELETE FROM jobs WHERE id = :id AND fence = :fence AND state = 'leased' RETURNING id
""")

NEXT_DUE = text("""
SELECT min((
  SELECT min(job.run_at) FROM jobs AS job
  WHERE job.state = 'ready' AND job.kind = kinds.kind AND job.lane = lanes.lane))
FROM unnest(cast(:kinds AS text[])) AS kinds(kind)
CROSS JOIN generate_series(0, 2) AS lanes(lane)
""")


async def claim(
    session: AsyncSession,
    kinds: Iterable[str],
    *,
    limit: int,
    worker: str,
    lease: timedelta,
    room: Mapping[str, int] | None = None,
) -> list[ClaimedJob]:
    """Lease up to `limit` due jobs: urgent before normal before bulk, the longest due first.

    `room` is how many of a kind there may be, for kinds that have a limit of their own.
    """
    at, wanted, room = now(), list(kinds), room or {}
    values = {
        "kinds": wanted,
        "rooms": [room.get(kind, limit) for kind in wanted],
        "limit": limit,
        "now": at,
        "lease_until": at + lease,
        "worker": worker,
    }
    rows = (await session.execute(CLAIM, values)).mappings()
    return sorted((_claimed(row) for row in rows), key=lambda job: (job.lane, job.run_at, job.id))


async def has_suspect(session: AsyncSession, kinds: Iterable[str], *, held: Iterable[int]) -> bool:
    """Whether some lease expired, apart from those this worker still holds itself."""
    values = {"kinds": list(kinds), "held": list(held), "now": now()}
    return bool(await session.scalar(HAS_SUSPECT, values))


async def claim_suspect(
    session: AsyncSession,
    kinds: Iterable[str],
    *,
    held: Iterable[int],
    worker: str,
    lease: timedelta,
) -> ClaimedJob | None:
    """Lease one job whose worker died or hung, counting the crash."""
    at = now()
    values = {
        "kinds": list(kinds),
        "held": list(held),
        "now": at,
        "lease_until": at + lease,
        "worker": worker,
    }
    row = (await session.execute(CLAIM_SUSPECT, values)).mappings().one_or_none()
    return _claimed(row) if row else None


async def extend(session: AsyncSession, jobs: Sequence[ClaimedJob], *, lease: timedelta) -> None:
    """Hold these jobs for another lease.

    A row that is locked is skipped: its own transaction is at work on it, nobody can claim it.
    """
    await session.execute(EXTEND, {**_held(jobs), "lease_until": now() + lease})


async def give_back(session: AsyncSession, jobs: Sequence[ClaimedJob]) -> None:
    """Let other workers have these jobs at once; it costs them no attempt."""
    await session.execute(GIVE_BACK, _held(jobs))


async def take_off(session: AsyncSession, job: ClaimedJob) -> None:
    """Remove a job from the queue as done; raises LeaseLost when it is another worker's now."""
    if await session.scalar(TAKE_OFF, {"id": job.id, "fence": job.fence}) is None:
        raise LeaseLost


async def next_due(session: AsyncSession, kinds: Iterable[str]) -> datetime | None:
    """When the first waiting job of these kinds is, or was, due."""
    due: datetime | None = await session.scalar(NEXT_DUE, {"kinds": list(kinds)})
    return due


def _held(jobs: Sequence[ClaimedJob]) -> dict[str, Any]:
    return {"ids": [job.id for job in jobs], "fences": [job.fence for job in jobs]}


def _claimed(row: RowMapping) -> ClaimedJob:
    return ClaimedJob(**{**row, "payload": pydantic_core.from_json(row["payload"])})
