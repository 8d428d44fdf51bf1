"""From an exception to what becomes of the job."""

from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError, DisconnectionError

from app.core.clock import now
from app.dispatcher.failures import Expired, GiveUp, LeaseLost, Unavailable, WorkerDied
from app.dispatcher.work import ClaimedJob, Settled

MOST_CRASHES = 3
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=6)
AFTER_AN_OUTAGE = timedelta(seconds=1)

CONNECTION_LOST = ("08", "57P", "53300", "53400")
"""SQLSTATE classes that are about the server, not about the statement."""

DATABASE_DOWN = (
    OSError,
    DisconnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)

JITTER = SystemRandom()


def judge(job: ClaimedJob, error: Exception) -> Settled[Any]:
    """What becomes of a job whose work raised `error`."""
    if isinstance(error, LeaseLost):
        return Settled(job=job, outcome="lost", error=error)
    if isinstance(error, Expired):
        return Settled(job=job, outcome="expired", error=error)
    if isinstance(error, Unavailable):
        return Settled(job=job, outcome="postponed", error=error, run_at=job.run_at)
    if isinstance(error, GiveUp | WorkerDied) or job.attempts + 1 >= job.max_attempts:
        return Settled(job=job, outcome="dead", error=error)
    return Settled(job=job, outcome="retry", error=error, run_at=now() + retry_delay(job.attempts))


def judge_database_work(job: ClaimedJob, error: Exception) -> Settled[Any]:
    """The same for work inside our database: its outage isn't the job's fault."""
    if is_database_down(error):
        return Settled(job=job, outcome="postponed", error=error, run_at=now() + AFTER_AN_OUTAGE)
    return judge(job, error)


def refuse(job: ClaimedJob, at: datetime) -> Exception | None:
    """Why a claimed job must not even be started: too late, or it killed its workers."""
    if job.expires_at and job.expires_at <= at:
        return Expired(f"expired at {job.expires_at:%Y-%m-%d %H:%M:%SZ}")
    if job.crashes >= MOST_CRASHES:
        return WorkerDied(f"{job.crashes} workers died holding this job")
    return None


def retry_delay(failures: int) -> timedelta:
    """Three times as long after each failure, up to six hours, with jitter downwards."""
    delay = min(LONGEST_RETRY, FIRST_RETRY * 3.0 ** min(failures, 8))
    return delay * JITTER.uniform(0.5, 1)


def is_database_down(error: BaseException) -> bool:
    """Whether the error tells of our PostgreSQL being away, rather than of a statement."""
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")
        return error.connection_invalidated or state.startswith(CONNECTION_LOST)
    return isinstance(error, DATABASE_DOWN)
