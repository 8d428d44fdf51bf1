"""Taking back what nobody used in time: practice by practice, as their rows live apart."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import pydantic_core
from sqlalchemy import Uuid, and_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import CreditAccount, Enrollment

AT_MOST = 5000
"""Accounts of a practice that one run empties; the rest waits for the next."""

WITH_EXPIRED = (
    select(CreditAccount.workspace_id)
    .where(CreditAccount.balance > 0, CreditAccount.expires_at <= bindparam("at"))
    .group_by(CreditAccount.workspace_id)
)

EXPIRED = (
    select(CreditAccount.id, CreditAccount.balance)
    .join(
        Enrollment,
        and_(
            Enrollment.workspace_id == CreditAccount.workspace_id,
            Enrollment.id == CreditAccount.enrollment_id,
            Enrollment.status != "paused",
        ),
    )
    .where(
        CreditAccount.workspace_id == bindparam("workspace_id"),
        CreditAccount.balance > 0,
        CreditAccount.expires_at <= bindparam("at"),
    )
    .order_by(CreditAccount.id)
    .limit(AT_MOST)
    .with_for_update(of=CreditAccount)
)

EMPTY = text("""
WITH expired AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS e(
    entry_id uuid, account_id uuid, amount integer)
), emptied AS (
  UPDATE credit_accounts SET balance = balance - expired.amount, updated_at = :at FROM expired
  WHERE credit_accounts.workspace_id = :workspace_id AND credit_accounts.id = expired.account_id
)
INSERT INTO credit_entries (workspace_id, id, account_id, kind, amount)
SELECT :workspace_id, entry_id, account_id, 'expire', amount FROM expired
""").bindparams(bindparam("workspace_id", type_=Uuid()))


async def practices_with_expired_credits(session: AsyncSession, at: datetime) -> Sequence[UUID]:
    """Where there is something to take back; only without row-level security."""
    return (await session.scalars(WITH_EXPIRED, {"at": at})).all()


async def expire_credits(session: AsyncSession, workspace_id: UUID, at: datetime) -> int:
    """Empty the accounts whose time is over; how many there were.

    Those of paused enrollments wait: their time stands still.
    """
    values = {"workspace_id": workspace_id, "at": at}
    expired = (await session.execute(EXPIRED, values)).all()
    if expired:
        rows = [
            {"entry_id": new_id(), "account_id": account_id, "amount": balance}
            for account_id, balance in expired
        ]
        await session.execute(EMPTY, {**values, "rows": pydantic_core.to_json(rows).decode()})
    return len(expired)
