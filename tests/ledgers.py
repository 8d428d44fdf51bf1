"""The books of every practice, audited after each test."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

PRACTICES = text("SELECT workspace_id FROM workspace_directory")
LOOK_AT = text("SELECT set_config('app.workspace_id', :workspace_id, true)")
WRONG = text("""
SELECT account.id, account.granted, account.balance, account.reserved, account.used, ledger.*
FROM credit_accounts AS account
CROSS JOIN LATERAL (
  SELECT coalesce(sum(change), 0) AS balance,
    coalesce(sum(amount) FILTER (WHERE kind IN ('grant', 'adjust')), 0) AS granted,
    coalesce(sum(amount) FILTER (WHERE kind IN ('consume', 'forfeit')), 0) AS used,
    coalesce(sum(amount) FILTER (WHERE kind = 'reserve'), 0)
      - coalesce(sum(amount) FILTER (WHERE kind IN ('consume', 'forfeit', 'release')), 0)
      AS reserved
  FROM credit_entries AS entry
  WHERE entry.workspace_id = account.workspace_id AND entry.account_id = account.id
) AS ledger
WHERE (account.granted, account.balance, account.reserved, account.used)
  IS DISTINCT FROM (ledger.granted, ledger.balance, ledger.reserved, ledger.used)
""")
"""Accounts whose sums are not those of their entries; those one is allowed to see."""


async def audit(connection: AsyncConnection) -> None:
    """Fail unless every account's sums are those of its ledger, with row-level security or not."""
    await _audit_what_is_seen(connection)
    for workspace_id in (await connection.scalars(PRACTICES)).all():
        await connection.execute(LOOK_AT, {"workspace_id": str(workspace_id)})
        await _audit_what_is_seen(connection)


async def _audit_what_is_seen(connection: AsyncConnection) -> None:
    wrong = (await connection.execute(WRONG)).mappings().all()
    assert not wrong, wrong
