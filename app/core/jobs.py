"""Asking for work in the caller's own transaction: it exists if, and only if, that commits."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pydantic_core
from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import WAKE
from app.models import Job

URGENT, NORMAL, BULK = 0, 1, 2
"""Lanes: what somebody waits for; the rest; what comes by the thousand."""

ENQUEUE = text("""
INSERT INTO jobs (kind, payload, lane, run_at, expires_at, key, order_key, max_attempts)
SELECT kind, payload, lane, run_at, expires_at, key, order_key, max_attempts
FROM jsonb_to_recordset(cast(:jobs AS jsonb)) AS j(
  kind text, payload jsonb, lane smallint, run_at timestamptz, expires_at timestamptz,
  key text, order_key text, max_attempts smallint)
ON CONFLICT DO NOTHING
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Work for the dispatcher; `key` makes it unique among waiting jobs and cancellable.

    Jobs of one `order_key` run one after the other. After `expires_at` the job is useless.
    """

    kind: str
    payload: dict[str, Any]
    lane: int = NORMAL
    run_at: datetime = field(default_factory=now)
    expires_at: datetime | None = None
    key: str | None = None
    order_key: str | None = None
    max_attempts: int = 10


async def enqueue(session: AsyncSession, *jobs: NewJob) -> None:
    """Add jobs, in one statement; one whose key already waits is left as it is."""
    if not jobs:
        return
    rows = pydantic_core.to_json(jobs).decode()
    await session.execute(ENQUEUE, {"jobs": rows})
    session.info[WAKE] = True


async def cancel(session: AsyncSession, *keys: str) -> None:
    """Take back jobs that have not started, in one statement; keys without one do no harm."""
    if keys:
        await session.execute(delete(Job).where(Job.key.in_(keys), Job.state == "ready"))
