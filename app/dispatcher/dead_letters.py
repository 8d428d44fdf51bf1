"""The dead letters: jobs that failed for good, kept for a person to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pydantic_core
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import WAKE

LIST = text("""
SELECT id, kind, payload::text AS payload, key, attempts, crashes, last_error,
  run_at AS died_at, created_at
FROM jobs
WHERE state = 'dead' AND (cast(:kind AS text) IS NULL OR kind = :kind) AND id > :after
ORDER BY id
LIMIT :limit
""")

# of several dead jobs with one key the youngest may live, and only where none waits already
REQUEUE = text("""
WITH chosen AS MATERIALIZED (
  SELECT DISTINCT ON (coalesce(key, id::text), key IS NULL) id, key
  FROM jobs
  WHERE state = 'dead'
    AND (cast(:ids AS bigint[]) IS NULL OR id = ANY(cast(:ids AS bigint[])))
    AND (cast(:kind AS text) IS NULL OR kind = :kind)
  ORDER BY coalesce(key, id::text), key IS NULL, id DESC
)
UPDATE jobs AS job
SET state = 'ready', attempts = 0, crashes = 0, run_at = :now, expires_at = NULL
FROM chosen
WHERE job.id = chosen.id AND job.state = 'dead' AND NOT EXISTS (
  SELECT FROM jobs AS waiting
  WHERE waiting.key = chosen.key AND waiting.state IN ('ready', 'leased'))
RETURNING job.id
""")

DISCARD = text("DELETE FROM jobs WHERE state = 'dead' AND id = ANY(cast(:ids AS bigint[]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A job that failed for good: what it was, how often it was tried, and the last error."""

    id: int
    kind: str
    payload: dict[str, Any]
    key: str | None
    attempts: int
    crashes: int
    last_error: str | None
    died_at: datetime
    created_at: datetime


async def list_dead(
    session: AsyncSession, *, kind: str | None = None, after: int = 0, limit: int = 50
) -> list[DeadLetter]:
    """The dead letters in the order they were made, from the id `after` on."""
    rows = await session.execute(LIST, {"kind": kind, "after": after, "limit": limit})
    return [
        DeadLetter(**{**row, "payload": pydantic_core.from_json(row["payload"])})
        for row in rows.mappings()
    ]


async def requeue(
    session: AsyncSession, *, ids: Collection[int] | None = None, kind: str | None = None
) -> list[int]:
    """Try dead letters again, as if new: these, those of a kind, or all; answers their ids.

    What a person sends again no longer expires. One whose key waits in the queue already stays
    dead.
    """
    values = {"ids": None if ids is None else list(ids), "kind": kind, "now": now()}
    requeued = list(await session.scalars(REQUEUE, values))
    session.info[WAKE] = True
    return requeued


async def discard(session: AsyncSession, ids: Collection[int]) -> None:
    """Drop dead letters nobody needs."""
    await session.execute(DISCARD, {"ids": list(ids)})
