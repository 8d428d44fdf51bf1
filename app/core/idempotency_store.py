"""Kept answers, by key: the statements behind `Idempotency-Key`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pydantic_core
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict, Invalid

KEPT_FOR = timedelta(hours=24)

# In one statement, so that a fresh key costs one round trip. The insert meets rows committed
# after the statement began (ON CONFLICT does), which a mere SELECT beside the lock would not.
TAKE = text("""
WITH lock AS MATERIALIZED (
  SELECT pg_try_advisory_xact_lock(:lock) AS free
), taken AS (
  INSERT INTO idempotency_keys AS kept (key, fingerprint, created_at)
  SELECT cast(:key AS bytea), cast(:fingerprint AS bytea), cast(:now AS timestamptz)
  FROM lock WHERE free
  ON CONFLICT (key) DO UPDATE
  SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
      status = NULL, headers = '{}', body = NULL
  WHERE kept.status IS NULL OR kept.created_at <= cast(:expired AS timestamptz)
  RETURNING key
)
SELECT free, EXISTS (SELECT FROM taken) AS taken FROM lock
""")

KEPT = text("SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE key = :key")

KEEP = text("""
UPDATE idempotency_keys SET status = :status, headers = cast(:headers AS jsonb), body = :body
WHERE key = :key
""")

KEEP_REFUSAL = text("""
INSERT INTO idempotency_keys AS kept (key, fingerprint, created_at, status, headers, body)
SELECT cast(:key AS bytea), cast(:fingerprint AS bytea), cast(:now AS timestamptz),
       cast(:status AS smallint), cast(:headers AS jsonb), cast(:body AS bytea)
WHERE pg_try_advisory_xact_lock(:lock)
ON CONFLICT (key) DO UPDATE
SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
    status = excluded.status, headers = excluded.headers, body = excluded.body
WHERE kept.status IS NULL OR kept.created_at <= cast(:expired AS timestamptz)
""")


class KeyInUse(Conflict):
    """A request with this key is running right now."""

    code, title = "idempotency_key_in_use", "A request with this Idempotency-Key is running"


class KeyReused(Invalid):
    """The key was used for another request."""

    code, title = "idempotency_key_reused", "This Idempotency-Key belongs to another request"


@dataclass(frozen=True, slots=True)
class Claim:
    """A request's right to be carried out: who, where and which key; and what was sent."""

    key: bytes
    fingerprint: bytes
    now: datetime

    @property
    def lock(self) -> int:
        """The advisory lock that stands for the key."""
        return int.from_bytes(self.key[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def take(session: AsyncSession, claim: Claim) -> Answer | None:
    """Claim the key until the transaction ends; or the answer that was given before.

    Raises KeyInUse (409) and KeyReused (422). One statement for a fresh key, two for a replay.
    """
    row = (await session.execute(TAKE, _claimed(claim))).one()
    if not row.free:
        raise KeyInUse(headers={"Retry-After": "1"})
    if row.taken:
        return None
    kept = (await session.execute(KEPT, {"key": claim.key})).one()
    if kept.fingerprint != claim.fingerprint:
        raise KeyReused
    return Answer(kept.status, kept.headers, kept.body)


async def keep(session: AsyncSession, claim: Claim, answer: Answer) -> None:
    """Keep the answer in the transaction of the effect it tells of."""
    await session.execute(KEEP, {"key": claim.key, **_answered(answer)})


async def keep_refusal(session: AsyncSession, claim: Claim, answer: Answer) -> None:
    """Keep a refusal, whose own transaction was rolled back; yields to a newer request."""
    await session.execute(KEEP_REFUSAL, {**_claimed(claim), **_answered(answer)})


def _claimed(claim: Claim) -> dict[str, object]:
    return {
        "lock": claim.lock,
        "key": claim.key,
        "fingerprint": claim.fingerprint,
        "now": claim.now,
        "expired": claim.now - KEPT_FOR,
    }


def _answered(answer: Answer) -> dict[str, object]:
    headers = pydantic_core.to_json(answer.headers).decode()
    return {"status": answer.status, "headers": headers, "body": answer.body}
